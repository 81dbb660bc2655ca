package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Person;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/**
 * Holds the levels that are open above the claims: billing provider, subscriber and patient (loops
 * 2000A to 2010CA). Claims of one level share its record.
 */
final class HierarchyAssembler {
  /** So many bytes are kept of a level; real ones have some hundred. */
  private static final long LARGEST = 1L << 20;

  private static final long CUR = ClaimParts.elements(1, 2);
  private static final long PRV = ClaimParts.elements(1, 2, 3);

  private final ClaimParts parts;
  private final PartyAssembler party;

  private final Level[] levels = {new Level(), new Level(), new Level()};
  private int depth = -1;

  private @Nullable String taxonomy;
  private @Nullable String currency;
  private final List<Detail> details = new ArrayList<>();
  private @Nullable PlanMembership membership;
  private @Nullable PatientFacts subscriberFacts;
  private @Nullable PatientFacts patientFacts;

  private @Nullable Billing billing;
  private @Nullable Subscriber subscriber;
  private @Nullable Patient patient;

  /** What was read of a level's parties, and whether all of it could be read. */
  private static final class Level {
    private final List<Named> parties = new ArrayList<>(3);
    private long bytes;
    private boolean broken;

    void clear() {
      parties.clear();
      bytes = 0;
      broken = false;
    }

    @Nullable Named party(String loop) {
      for (Named party : parties) {
        if (party.loop().equals(loop)) {
          return party;
        }
      }
      return null;
    }
  }

  HierarchyAssembler(Values values, ClaimParts parts) {
    this.parts = parts;
    this.party = new PartyAssembler(values, parts);
  }

  /** Nothing is open: a transaction set starts. */
  void clear() {
    party.clear();
    open(0);
    depth = -1;
  }

  /** Takes a segment of these loops; false when not all it says is held in values. */
  boolean add(Segment segment) {
    String loop = segment.loop().id();
    int level = level(loop);
    if (segment.opensLoop() && segment.tag().equals("HL")) {
      closeParty();
      open(level);
      broken(segment);
      return true;
    }
    if (depth < 0) {
      open(0);
    }
    if (broken(segment)) {
      return true;
    }
    if (segment.slot() == null) {
      return false;
    }
    switch (loop) {
      case "2000A" -> {
        return ofBilling(segment);
      }
      case "2000B" -> {
        return ofSubscriber(segment);
      }
      case "2000C" -> {
        return ofPatient(segment);
      }
      default -> {
        return ofParty(segment);
      }
    }
  }

  /** The level of a loop, from 0; that which is open where its id says none. */
  private int level(String loop) {
    int last = loop.isEmpty() ? 0 : loop.charAt(loop.length() - 1);
    if (loop.startsWith("2010") && loop.length() == "2010AA".length()) {
      last = loop.charAt("2010".length());
    }
    return switch (last) {
      case 'A' -> 0;
      case 'B' -> 1;
      case 'C' -> 2;
      default -> Math.max(depth, 0);
    };
  }

  /** Opens a level: what was open in it and below it is over. */
  private void open(int level) {
    for (int i = level; i < levels.length; i++) {
      levels[i].clear();
    }
    depth = level;
    patient = null;
    patientFacts = null;
    if (level <= 1) {
      subscriber = null;
      subscriberFacts = null;
      membership = null;
    }
    if (level == 0) {
      billing = null;
      taxonomy = null;
      currency = null;
      details.clear();
    }
  }

  /** Counts a segment in, and tells whether the level can no longer be read. */
  private boolean broken(Segment segment) {
    Level level = levels[depth];
    level.bytes += segment.byteLength();
    level.broken |= !segment.isWhole() || level.bytes > LARGEST;
    return level.broken;
  }

  /**
   * A segment of a level stands in the midst of a claim. Unless it names the party that is open
   * anyhow, nobody can tell whose the next claims are: they are not read before the next HL.
   */
  void namedAgain(Segment segment) {
    String tag = segment.tag();
    if (depth < 0 || !(tag.equals("NM1") || tag.equals("PAT") || tag.equals("SBR"))) {
      return;
    }
    Named known = levels[level(segment.loop().id())].party(segment.loop().id());
    if (!tag.equals("NM1") || known == null || !known.person().equals(Parts.person(segment))) {
      levels[depth].broken = true;
    }
  }

  /**
   * An HL opens no level that is known: nobody can tell whose the claims below it are. They are not
   * read before the next subscriber, or billing provider where the HL has no parent.
   */
  void lost(Segment hl) {
    closeParty();
    open(hl.isEmpty(2) ? 0 : 1);
    levels[depth].broken = true;
  }

  private boolean ofBilling(Segment segment) {
    billing = null;
    switch (segment.tag()) {
      case "PRV" -> {
        if (taxonomy != null) {
          return false;
        }
        taxonomy = segment.textOrNull(3);
        return ClaimParts.hasOnly(segment, PRV) && segment.is(1, "BI") && segment.is(2, "PXC");
      }
      case "CUR" -> {
        if (currency != null) {
          return false;
        }
        currency = segment.textOrNull(2);
        return ClaimParts.hasOnly(segment, CUR) && segment.is(1, "85");
      }
      default -> {
        return details.add(ClaimParts.detail(segment));
      }
    }
  }

  private boolean ofSubscriber(Segment segment) {
    subscriber = null;
    switch (segment.tag()) {
      case "SBR" -> {
        if (membership != null) {
          return false;
        }
        membership = ClaimParts.membership(segment);
        return ClaimParts.holdsMembership(segment);
      }
      case "PAT" -> {
        if (subscriberFacts != null) {
          return false;
        }
        PatientFacts facts = parts.facts(segment);
        subscriberFacts = facts;
        return ClaimParts.holdsFacts(segment, facts);
      }
      default -> {
        return false;
      }
    }
  }

  private boolean ofPatient(Segment segment) {
    patient = null;
    if (segment.tag().equals("PAT") && patientFacts == null) {
      PatientFacts facts = parts.facts(segment);
      patientFacts = facts;
      return ClaimParts.holdsFacts(segment, facts);
    }
    return false;
  }

  private boolean ofParty(Segment segment) {
    if (segment.tag().equals("NM1")) {
      closeParty();
      String loop = segment.loop().id();
      return levels[level(loop)].party(loop) == null && party.begin(segment);
    }
    return party.isOpen() && party.add(segment);
  }

  private void closeParty() {
    Named ended = party.end();
    if (ended == null) {
      return;
    }
    int level = level(ended.loop());
    levels[level].parties.add(ended);
    switch (level) {
      case 0 -> billing = null;
      case 1 -> subscriber = null;
      default -> patient = null;
    }
  }

  /** Why no claim can be read under the levels that are open, or null. */
  @Nullable String unreadable() {
    for (int i = 0; i <= depth; i++) {
      if (levels[i].broken) {
        return "its billing provider, subscriber or patient could not be read";
      }
    }
    return null;
  }

  Billing billing() {
    closeParty();
    Billing known = billing;
    if (known == null) {
      Level level = levels[0];
      known =
          new Billing(
              taxonomy,
              currency,
              orNobody(level.party("2010AA"), "2010AA", "85"),
              level.party("2010AB"),
              level.party("2010AC"),
              Parts.frozen(details));
      billing = known;
    }
    return known;
  }

  Subscriber subscriber() {
    closeParty();
    Subscriber known = subscriber;
    if (known == null) {
      Level level = levels[1];
      PlanMembership itsMembership = membership;
      known =
          new Subscriber(
              itsMembership == null ? PlanMembership.UNKNOWN : itsMembership,
              subscriberFacts,
              orNobody(level.party("2010BA"), "2010BA", "IL"),
              orNobody(level.party("2010BB"), "2010BB", "PR"));
      subscriber = known;
    }
    return known;
  }

  /** The patient who is open, or null when the subscriber is the patient. */
  @Nullable Patient patient() {
    closeParty();
    if (depth < 2) {
      return null;
    }
    Patient known = patient;
    if (known == null) {
      PatientFacts facts = patientFacts;
      known =
          new Patient(
              facts == null ? PatientFacts.UNKNOWN : facts,
              orNobody(levels[2].party("2010CA"), "2010CA", "QC"));
      patient = known;
    }
    return known;
  }

  /** The party, or one of which nothing is known where the file names none. */
  private static Named orNobody(@Nullable Named named, String loop, String entity) {
    return named != null
        ? named
        : new Named(
            loop,
            new Person(entity, false, null, null, null, null, null, null),
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
  }
}
