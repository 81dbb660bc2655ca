package org.openrcm.account;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;

/**
 * A coverage of an account. What claims say of it comes from the latest of them; {@code placed} and
 * {@code endedOn} from people.
 *
 * @param number 0 while it is not stored
 * @param key by which it is known again
 * @param saidBy control number of the claim that said it last
 * @param payersMemberId the payer's word on the member number (835 NM1*74)
 * @param placed its place by hand
 */
record Coverage(
    long number,
    String key,
    SeenCoverage said,
    Source source,
    LocalDate firstSeen,
    LocalDate lastSeen,
    String saidBy,
    @Nullable String payersMemberId,
    @Nullable LocalDate payersMemberIdOn,
    @Nullable Integer placed,
    @Nullable LocalDate endedOn) {

  /** Those that can be billed first, in their order; then those that ended. */
  static final Comparator<Coverage> ORDER =
      Comparator.comparing(Coverage::hasEnded)
          .thenComparing(Coverage::place)
          .thenComparing(Coverage::lastSeen, Comparator.reverseOrder())
          .thenComparing(Coverage::key);

  /** What a patient is to a subscriber, with the words for it. */
  static final Map<String, String> RELATIONSHIPS =
      Choices.of(
          "18",
          "Self",
          "01",
          "Spouse",
          "19",
          "Child",
          "20",
          "Employee",
          "53",
          "Life partner",
          "G8",
          "Other");

  private static final Comparator<Coverage> LATER =
      Comparator.comparing(Coverage::source)
          .thenComparing(Coverage::lastSeen)
          .thenComparing(Coverage::saidBy)
          .thenComparing(coverage -> coverage.said.toString());

  /** Who told of it; a later one counts for more. */
  enum Source {
    REMITTANCE("835"),
    CLAIM("837"),
    HAND("By hand");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** Of a file that names it. */
  static Coverage of(SeenCoverage said, Source source, LocalDate on, String by) {
    SeenCoverage clean =
        new SeenCoverage(
            Math.max(1, said.rank()),
            clean(said.payerName()),
            clean(said.payerId()),
            clean(said.memberId()),
            clean(said.group()),
            clean(said.groupName()),
            clean(said.filingIndicator()),
            clean(said.relationship()),
            clean(said.subscriberName()));
    LocalDate day = Clean.day(on);
    return new Coverage(
        0, key(clean), clean, source, day, day, Clean.text(by), null, null, null, null);
  }

  private static @Nullable String clean(@Nullable String text) {
    String clean = text == null ? "" : Clean.text(text);
    return clean.isEmpty() ? null : clean;
  }

  /** The same payer and member number are the same coverage. */
  static String key(SeenCoverage said) {
    String id = PersonKey.folded(said.payerId());
    String payer = id.isEmpty() ? PersonKey.folded(said.payerName()) : id;
    return PersonKey.digest(payer, PersonKey.folded(said.memberId()));
  }

  /** What both say, in whatever order they come. */
  Coverage with(Coverage other) {
    Coverage later = LATER.compare(this, other) < 0 ? other : this;
    boolean others = isLater(other.payersMemberId, other.payersMemberIdOn);
    return new Coverage(
        Math.max(number, other.number),
        key,
        later.said,
        later.source,
        firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen,
        lastSeen.isAfter(other.lastSeen) ? lastSeen : other.lastSeen,
        later.saidBy,
        others ? other.payersMemberId : payersMemberId,
        others ? other.payersMemberIdOn : payersMemberIdOn,
        placed == null ? other.placed : placed,
        endedOn == null ? other.endedOn : endedOn);
  }

  /** With a member number by which the payer knows the insured. */
  Coverage corrected(String memberId, LocalDate on) {
    return isLater(memberId, on)
        ? new Coverage(
            number, key, said, source, firstSeen, lastSeen, saidBy, memberId, on, placed, endedOn)
        : this;
  }

  /** At this place by hand; null for the one that claims give it. */
  Coverage at(@Nullable Integer place) {
    return new Coverage(
        number,
        key,
        said,
        source,
        firstSeen,
        lastSeen,
        saidBy,
        payersMemberId,
        payersMemberIdOn,
        place,
        endedOn);
  }

  /** Over since a day; null when it is not. */
  Coverage endedOn(@Nullable LocalDate day) {
    return new Coverage(
        number,
        key,
        said,
        source,
        firstSeen,
        lastSeen,
        saidBy,
        payersMemberId,
        payersMemberIdOn,
        placed,
        day);
  }

  private boolean isLater(@Nullable String memberId, @Nullable LocalDate on) {
    if (memberId == null || on == null) {
      return false;
    }
    String known = payersMemberId;
    LocalDate day = payersMemberIdOn;
    return known == null
        || day == null
        || on.isAfter(day)
        || (on.equals(day) && memberId.compareTo(known) > 0);
  }

  int place() {
    return placed == null ? said.rank() : placed;
  }

  public boolean hasEnded() {
    return endedOn != null;
  }

  /** Whom it is with, as pages say it. */
  public String payer() {
    String name = said.payerName();
    String id = said.payerId();
    return name != null ? name : id != null ? "Payer " + id : "Payer not named";
  }

  /** Number and name of the group, as far as they are known. */
  public String group() {
    return Naming.joined(", ", said.group(), said.groupName());
  }

  /** As the history of changes names it. */
  String label() {
    return said.memberId() == null ? payer() : payer() + ", member " + said.memberId();
  }

  /** As {@link #label}, with its place and until when. */
  String described() {
    return label() + ", place " + place() + (endedOn == null ? "" : ", ended " + endedOn);
  }

  /** What the patient is to the subscriber, in words. */
  public String relationshipLabel() {
    String code = said.relationship();
    return code == null ? "" : RELATIONSHIPS.getOrDefault(code, "Other (" + code + ")");
  }

  /** Whether another one says the same with more: an 835 names a payer without member number. */
  boolean isToldBetterIn(List<Coverage> all) {
    return source == Source.REMITTANCE
        && said.memberId() == null
        && all.stream().anyMatch(other -> !other.key.equals(key) && isSamePayer(other));
  }

  private boolean isSamePayer(Coverage other) {
    String id = PersonKey.folded(said.payerId());
    String name = PersonKey.folded(said.payerName());
    return (!id.isEmpty() && id.equals(PersonKey.folded(other.said.payerId())))
        || (!name.isEmpty() && name.equals(PersonKey.folded(other.said.payerName())));
  }
}
