package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.payment.CardNumbers;
import org.openrcm.web.Sent;
import org.springframework.util.MultiValueMap;

/** The form by which somebody notes what was told of how people may be reached, as typed. */
record NoticeForm(
    NoticeKind kind,
    String address,
    String channel,
    String purpose,
    String opens,
    String closes,
    Set<DayOfWeek> days,
    String place,
    String on,
    String name,
    String note) {
  private static final int LONGEST_NAME = 200;

  static NoticeForm empty(NoticeKind kind, LocalDate today) {
    return new NoticeForm(kind, "", "", "", "", "", Set.of(), "", today.toString(), "", "");
  }

  static NoticeForm of(MultiValueMap<String, String> all) {
    Map<String, String> sent = all.toSingleValueMap();
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<String> chosen = all.getOrDefault("day", List.of());
    for (DayOfWeek day : DayOfWeek.values()) {
      if (chosen.contains(day.name())) {
        days.add(day);
      }
    }
    return new NoticeForm(
        kind(Sent.value(sent, "kind")),
        Sent.value(sent, "address"),
        Sent.value(sent, "channel"),
        Sent.value(sent, "purpose"),
        Sent.value(sent, "opens"),
        Sent.value(sent, "closes"),
        days,
        Sent.value(sent, "place"),
        Sent.value(sent, "on"),
        Sent.value(sent, "name"),
        Sent.value(sent, "note"));
  }

  /** By its name in addresses and forms; one that is none is a cease, which forbids most. */
  static NoticeKind kind(String slug) {
    for (NoticeKind kind : NoticeKind.values()) {
      if (kind.slug().equals(slug)) {
        return kind;
      }
    }
    return NoticeKind.CEASE;
  }

  // which fields are asked for

  public boolean asksNumber() {
    return switch (kind.needs()) {
      case NUMBER, NUMBER_AND_PLACE -> true;
      default -> false;
    };
  }

  public boolean asksEmail() {
    return kind.needs() == NoticeKind.Needs.EMAIL || kind.needs() == NoticeKind.Needs.DAY_AND_EMAIL;
  }

  public boolean asksChannel() {
    return kind.needs() == NoticeKind.Needs.CHANNEL;
  }

  public boolean asksPurpose() {
    return kind == NoticeKind.TEXT_CONSENT
        || kind == NoticeKind.AUTOMATIC_CONSENT
        || kind == NoticeKind.REVOKED;
  }

  public boolean asksTimes() {
    return kind.needs() == NoticeKind.Needs.TIMES;
  }

  public boolean asksPlace() {
    return kind.needs() == NoticeKind.Needs.PLACE
        || kind.needs() == NoticeKind.Needs.NUMBER_AND_PLACE;
  }

  public boolean asksAnyAddress() {
    return kind.needs() == NoticeKind.Needs.PLACE || asksChannel();
  }

  public boolean asksDay() {
    return switch (kind.needs()) {
      case DAY, DAY_AND_NAME, DAY_AND_EMAIL -> true;
      default -> false;
    };
  }

  public boolean asksName() {
    return kind.needs() == NoticeKind.Needs.NAME || kind.needs() == NoticeKind.Needs.DAY_AND_NAME;
  }

  /** What the name is of. */
  public String nameLabel() {
    return switch (kind) {
      case LAWYER -> "Lawyer's name, address and phone";
      case ESTATE -> "Name and address of who speaks for the estate";
      case BANKRUPTCY -> "Court, chapter and case number";
      default -> "What was named in it";
    };
  }

  /** What is wrong, by field; empty when nothing is. */
  Map<String, String> troubles(LocalDate today) {
    Map<String, String> troubles = new LinkedHashMap<>();
    if (asksNumber() && Addresses.phone(address) == null) {
      troubles.put("address", "Enter a number of ten digits.");
    }
    if (asksEmail() && Addresses.email(address) == null) {
      troubles.put("address", "Enter an e-mail address.");
    }
    if (asksAnyAddress() && !address.isEmpty() && anyAddress() == null) {
      troubles.put("address", "Enter a number of ten digits, an e-mail address, or nothing.");
    }
    if (kind.needs() == NoticeKind.Needs.PLACE && address.isEmpty() && meantPlace() == null) {
      troubles.put("place", "Choose a place, or enter a number.");
    }
    if (kind.needs() == NoticeKind.Needs.NUMBER_AND_PLACE && meantPlace() == null) {
      troubles.put("place", "Choose what it is.");
    }
    if (asksTimes() && (time(opens) == null || time(closes) == null)) {
      troubles.put(time(opens) == null ? "opens" : "closes", "Enter a time like 14:30.");
    }
    LocalDate day = day();
    if (asksDay() && (day == null || day.isAfter(today))) {
      troubles.put("on", "Enter a day like 2026-03-31, not after today.");
    }
    if (asksName() && (name.isEmpty() || name.length() > LONGEST_NAME)) {
      troubles.put("name", "Say it in up to 200 characters.");
    }
    if (note.length() > ContactForm.LONGEST_NOTE) {
      troubles.put("note", "Say it in up to 1000 characters.");
    } else if (CardNumbers.isIn(note)) {
      troubles.put(
          "note", "This looks like a card's number, which must not be kept. Leave it out.");
    }
    return troubles;
  }

  private @Nullable String anyAddress() {
    String phone = Addresses.phone(address);
    return phone == null ? Addresses.email(address) : phone;
  }

  private @Nullable Place meantPlace() {
    for (Place each : Place.values()) {
      if (each.name().equals(place)) {
        return each;
      }
    }
    return null;
  }

  private @Nullable Channel meantChannel() {
    for (Channel each : Channel.values()) {
      if (each.name().equals(channel)) {
        return each;
      }
    }
    return null;
  }

  private @Nullable Purpose meantPurpose() {
    return purpose.equals(Purpose.REMIND_OF_PLAN.name())
        ? Purpose.REMIND_OF_PLAN
        : purpose.equals(Purpose.COLLECT.name()) ? Purpose.COLLECT : null;
  }

  private @Nullable LocalDate day() {
    try {
      return LocalDate.parse(on);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** What is meant, from now on; to be asked for only without {@link #troubles}. */
  Told told(Instant now) {
    Told told = Told.of(kind, now);
    if (asksNumber() || asksEmail() || asksAnyAddress()) {
      String reached = anyAddress();
      told = reached == null ? told : told.at(reached);
    }
    Channel refused = meantChannel();
    if (asksChannel() && refused != null) {
      told = told.by(refused);
    }
    if (asksPurpose()) {
      told = told.about(meantPurpose());
    }
    if (asksTimes()) {
      told =
          told.from(
              Objects.requireNonNull(time(opens)), Objects.requireNonNull(time(closes)), days);
    }
    Place where = meantPlace();
    if (asksPlace() && where != null) {
      told = told.there(where);
    }
    LocalDate day = day();
    return asksDay() && day != null ? told.on(day) : told;
  }
}
