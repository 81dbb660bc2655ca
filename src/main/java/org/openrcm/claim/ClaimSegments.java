package org.openrcm.claim;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.money.Money;
import org.openrcm.x12.X12Writer;

/** Writes the segments that several loops of an 837 share. */
final class ClaimSegments {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HHmm");
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter HUNDREDTH = DateTimeFormatter.ofPattern("HHmmssSS");
  private static final int TRIPLETS = 6;

  private final X12Writer out;

  ClaimSegments(X12Writer out) {
    this.out = out;
  }

  /** Dollars, with as many decimals as it takes. */
  static @Nullable String text(@Nullable Money money) {
    if (money == null) {
      return null;
    }
    long cents = Math.abs(money.cents());
    long part = cents % 100;
    String fraction = part == 0 ? "" : part % 10 == 0 ? "." + part / 10 : decimals(part);
    return (money.isNegative() ? "-" : "") + cents / 100 + fraction;
  }

  private static String decimals(long part) {
    return part < 10 ? ".0" + part : "." + part;
  }

  static @Nullable String text(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  @Nullable String time(@Nullable LocalTime time) {
    if (time == null) {
      return null;
    }
    if (time.getNano() != 0) {
      return HUNDREDTH.format(time);
    }
    return (time.getSecond() == 0 ? MINUTE : SECOND).format(time);
  }

  /** NM1 and all that follows it in its loop; nothing for nobody. */
  void party(@Nullable Named named) {
    if (named == null || isNobody(named)) {
      return;
    }
    Person person = named.person();
    out.tag("NM1").text(person.entity()).text(person.organization() ? "2" : "1");
    out.text(person.lastName()).text(person.firstName()).text(person.middleName()).skip(1);
    out.text(person.suffix()).text(person.idQualifier()).text(person.id());
    Named.Specialty specialty = named.specialty();
    if (specialty != null) {
      out.tag("PRV").text(specialty.role()).text("PXC").text(specialty.taxonomy());
    }
    address(named.address());
    Named.Demographics demographics = named.demographics();
    if (demographics != null) {
      LocalDate birthDate = demographics.birthDate();
      out.tag("DMG").text(birthDate == null ? null : "D8").day(birthDate);
      out.text(demographics.sex());
    }
    periods(named.periods());
    references(named.references());
    for (Contact contact : named.contacts()) {
      out.tag("PER").text(contact.function()).text(contact.name());
      for (Contact.Channel channel : contact.channels()) {
        out.text(channel.qualifier()).text(channel.value());
      }
    }
  }

  /** Whether it only stands for a party of a level that the file left out. */
  private static boolean isNobody(Named named) {
    Person person = named.person();
    return named.loop().startsWith("2010")
        && !person.organization()
        && person.lastName() == null
        && person.firstName() == null
        && person.id() == null
        && named.address() == null
        && named.demographics() == null
        && named.references().isEmpty();
  }

  private void address(@Nullable Address address) {
    if (address == null) {
      return;
    }
    if (!address.lines().isEmpty()) {
      out.tag("N3");
      address.lines().forEach(out::text);
    }
    if (address.city() != null
        || address.state() != null
        || address.postalCode() != null
        || address.country() != null) {
      out.tag("N4").text(address.city()).text(address.state()).text(address.postalCode());
      out.text(address.country()).skip(2).text(address.subdivision());
    }
  }

  void membership(PlanMembership its) {
    if (its.equals(PlanMembership.UNKNOWN)) {
      return;
    }
    out.tag("SBR").text(its.sequence()).text(its.relationship()).text(its.group());
    out.text(its.groupName()).text(its.insuranceType()).skip(3).text(its.filingIndicator());
  }

  void facts(PatientFacts facts) {
    if (facts.equals(PatientFacts.UNKNOWN)) {
      return;
    }
    BigDecimal weight = facts.weight();
    LocalDate deathDate = facts.deathDate();
    out.tag("PAT").text(facts.relationship()).skip(3);
    out.text(deathDate == null ? null : "D8").day(deathDate);
    out.text(weight == null ? null : "01").text(text(weight)).text(facts.pregnant() ? "Y" : null);
  }

  void periods(List<Period> periods) {
    for (Period period : periods) {
      out.tag("DTP").text(period.qualifier()).text(format(period)).text(days(period));
    }
  }

  /** DTP02. */
  private static String format(Period period) {
    if (period.end() != null) {
      return "RD8";
    }
    return period.time() == null ? "D8" : period.start() == null ? "TM" : "DT";
  }

  /** DTP03. */
  private static String days(Period period) {
    LocalDate start = period.start();
    LocalDate end = period.end();
    LocalTime time = period.time();
    String days = start == null ? "" : DAY.format(start);
    if (end != null) {
      return days + "-" + DAY.format(end);
    }
    return time == null ? days : days + MINUTE.format(time);
  }

  void references(List<ClaimReference> references) {
    for (ClaimReference reference : references) {
      out.tag("REF").text(reference.qualifier()).text(reference.value());
      if (reference.payer() != null) {
        out.skip(1).composite("2U", reference.payer());
      }
    }
  }

  void amounts(List<Amount> amounts) {
    for (Amount amount : amounts) {
      out.tag("AMT").text(amount.qualifier()).text(text(amount.amount()));
    }
  }

  void quantities(List<Quantity> quantities) {
    for (Quantity quantity : quantities) {
      out.tag("QTY").text(quantity.qualifier()).text(text(quantity.value()));
    }
  }

  void attachments(List<Attachment> attachments) {
    for (Attachment attachment : attachments) {
      String number = attachment.controlNumber();
      out.tag("PWK").text(attachment.report()).text(attachment.transmission()).skip(2);
      out.text(number == null ? null : "AC").text(number);
    }
  }

  void notes(List<Note> notes) {
    for (Note note : notes) {
      out.tag("NTE").text(note.code()).text(note.text());
    }
  }

  /** CAS: those of one group that were sent together stand together again. */
  void adjustments(List<Adjustment> adjustments) {
    int triplets = 0;
    Adjustment before = null;
    for (Adjustment adjustment : adjustments) {
      if (before == null
          || triplets == TRIPLETS
          || before.segment() != adjustment.segment()
          || !before.group().equals(adjustment.group())) {
        out.tag("CAS").text(adjustment.group());
        triplets = 0;
      }
      out.text(adjustment.carc()).text(text(adjustment.amount()));
      out.text(text(adjustment.quantity()));
      triplets++;
      before = adjustment;
    }
  }

  /** The next element, a procedure (C003). */
  void procedure(@Nullable Procedure procedure) {
    if (procedure == null) {
      out.skip(1);
      return;
    }
    @Nullable String[] components = new @Nullable String[7];
    components[0] = procedure.qualifier();
    components[1] = procedure.code();
    for (int i = 0; i < procedure.modifiers().size() && i < 4; i++) {
      components[2 + i] = procedure.modifiers().get(i);
    }
    components[6] = procedure.description();
    out.composite(components);
  }

  /** An HI of these. */
  void codes(List<HealthCode> codes) {
    out.tag("HI");
    for (HealthCode code : codes) {
      LocalDate start = code.start();
      LocalDate end = code.end();
      String format = start == null ? null : end == null ? "D8" : "RD8";
      String days = start == null ? null : DAY.format(start);
      out.composite(
          code.qualifier(),
          code.code(),
          format,
          end == null ? days : days + "-" + DAY.format(end),
          text(code.amount()),
          text(code.quantity()),
          null,
          null,
          code.presentOnAdmission());
    }
  }

  /** All of these, as they are. */
  void details(List<Detail> details) {
    for (Detail detail : details) {
      detail(detail);
    }
  }

  /** Those of one tag, as they are. */
  void details(String tag, List<Detail> details) {
    for (Detail detail : details) {
      if (detail.tag().equals(tag)) {
        detail(detail);
      }
    }
  }

  private void detail(Detail detail) {
    out.tag(detail.tag());
    for (String element : detail.elements()) {
      element(element);
    }
  }

  /** The next element, in the delimiters that details have. */
  void element(@Nullable String text) {
    if (text == null || (text.indexOf(':') < 0 && text.indexOf('^') < 0)) {
      out.text(text);
    } else if (text.indexOf('^') < 0) {
      out.composite(parts(text, ':'));
    } else {
      out.repeated(parts(text, '^'));
    }
  }

  private static List<String> parts(String text, char separator) {
    if (text.indexOf(separator) < 0) {
      return Arrays.asList(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
