package org.openrcm.claim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Claims that belong together, because one replaces or voids the other or they share their number,
 * and all that came back for any of them. Tells which event belongs to which claim, and where that
 * leaves each; the same whatever the order in which files came.
 */
final class Lineage {
  private static final Comparator<ClaimEvent> BY_DAY =
      Comparator.comparing(ClaimEvent::on)
          // a reversal comes before what corrects it (rules X10), an acceptance before a rejection
          .thenComparing(event -> event.kind() != ClaimEvent.Kind.REVERSED)
          .thenComparing(ClaimEvent::kind)
          .thenComparing(event -> event.amount() == null ? 0 : event.amount().cents())
          .thenComparing(ClaimEvent::number);

  /** Of those sent on one day, what takes over comes after what it takes the place of. */
  private static final Comparator<Member> BY_SENDING =
      Comparator.comparing(Member::sent)
          .thenComparing(Member::takesOver)
          .thenComparing(Member::isVoid)
          .thenComparing(Member::id);

  private final List<Member> claims;
  private final int[] takingOver;
  private final List<ClaimEvent> events;

  /**
   * A claim with what is known of it apart from events of its own.
   *
   * @param id made from its content
   * @param payerSequence SBR01: whose turn it is to pay
   * @param sent the day of its submission, or on which it was read
   * @param answered ACKNOWLEDGED or REJECTED_BY_999, null when no 999 came
   */
  record Member(
      long number,
      UUID id,
      long submissionNumber,
      String patientControlNumber,
      @Nullable String frequency,
      @Nullable String priorClaimNumber,
      String payerSequence,
      LocalDate sent,
      LocalDate read,
      @Nullable ClaimState answered,
      @Nullable LocalDate answeredOn) {

    boolean isVoid() {
      return "8".equals(frequency);
    }

    boolean takesOver() {
      return "7".equals(frequency) || isVoid();
    }
  }

  /**
   * Where it leaves a claim.
   *
   * @param since the day of the event that did it
   * @param paid by all payers, reversals taken off
   * @param owed by the patient, by the decisions that stand
   */
  record Standing(
      long claim,
      ClaimState state,
      LocalDate since,
      @Nullable String payerClaimNumber,
      Money paid,
      Money owed) {}

  Lineage(List<Member> claims, List<ClaimEvent> events) {
    this.claims = claims.stream().sorted(BY_SENDING).toList();
    this.takingOver =
        IntStream.range(0, this.claims.size())
            .filter(place -> this.claims.get(place).takesOver())
            .toArray();
    this.events = events.stream().sorted(BY_DAY).toList();
  }

  /** The claim of each event, by the event's number; without those that belong to none. */
  Map<Long, Long> owners() {
    Map<Long, Long> owners = new HashMap<>();
    Map<String, Member> byPayerNumber = new HashMap<>();
    Map<Long, List<ClaimEvent>> paid = new HashMap<>();
    for (ClaimEvent event : events) {
      Member owner = event.kind().isOfPayment() ? null : toldOf(event);
      if (owner != null) {
        owners.put(event.number(), owner.number());
        if (event.payerClaimNumber() != null) {
          byPayerNumber.put(event.payerClaimNumber(), owner);
        }
      }
    }
    Set<Long> refused = refused(owners);
    for (ClaimEvent event : events) {
      if (event.kind().isOfPayment()) {
        Member owner = paidFor(event, byPayerNumber, paid, refused);
        if (owner != null) {
          owners.put(event.number(), owner.number());
          paid.computeIfAbsent(owner.number(), key -> new ArrayList<>()).add(event);
        }
      }
    }
    return owners;
  }

  /** Those that a 999 or a 277CA refused: nobody decides on what was never received. */
  private Set<Long> refused(Map<Long, Long> told) {
    Set<Long> refused = new HashSet<>();
    for (Member claim : claims) {
      if (claim.answered() == ClaimState.REJECTED_BY_999) {
        refused.add(claim.number());
      }
    }
    for (ClaimEvent event : events) {
      Long owner = told.get(event.number());
      if (owner != null && event.kind() == ClaimEvent.Kind.REJECTED) {
        refused.add(owner);
      } else if (owner != null && event.kind() == ClaimEvent.Kind.ACCEPTED) {
        refused.remove(owner);
      }
    }
    return refused;
  }

  /** A 999 says the submission; a 277CA the claim's own number, the latest one that was sent. */
  private @Nullable Member toldOf(ClaimEvent event) {
    Member found = null;
    for (Member claim : claims) {
      boolean same = claim.patientControlNumber().equals(event.patientControlNumber());
      if (event.submissionNumber() != null) {
        if (same && event.submissionNumber() == claim.submissionNumber()) {
          found = claim;
        }
      } else if (same && (found == null || !claim.sent().isAfter(event.on()))) {
        found = claim;
      }
    }
    return found;
  }

  /**
   * An 835 says the first claim's number, whatever replaces it (rules T11): by the payer's own
   * number where a 277CA told it; a reversal to the claim that was paid; all else to the latest
   * that was sent by then, voids nothing and was not refused, unless all were.
   */
  private @Nullable Member paidFor(
      ClaimEvent event,
      Map<String, Member> byPayerNumber,
      Map<Long, List<ClaimEvent>> paid,
      Set<Long> refused) {
    Member told = byPayerNumber.get(event.payerClaimNumber());
    if (told != null && event.payerClaimNumber() != null) {
      return told;
    }
    if (event.kind() == ClaimEvent.Kind.REVERSED) {
      Member reversed = reversed(event, paid);
      if (reversed != null) {
        return reversed;
      }
    }
    Member found = null;
    for (Member claim : claims) {
      if (!claim.isVoid()
          && named(event, claim)
          && (found == null
              || refused.contains(found.number())
              || (!refused.contains(claim.number()) && !claim.sent().isAfter(event.on())))) {
        found = claim;
      }
    }
    return found;
  }

  /** Whether the event may speak of a claim: by its number, or by that of what it takes over. */
  private boolean named(ClaimEvent event, Member claim) {
    return claim.patientControlNumber().equals(event.patientControlNumber())
        || (claim.takesOver() && origin(claim, event.patientControlNumber()));
  }

  /** Whether a claim, by way of those it takes over, goes back to one of this number. */
  private boolean origin(Member claim, String patientControlNumber) {
    return claims.stream()
        .filter(other -> !other.equals(claim) && !other.sent().isAfter(claim.sent()))
        .anyMatch(other -> other.patientControlNumber().equals(patientControlNumber));
  }

  private @Nullable Member reversed(ClaimEvent event, Map<Long, List<ClaimEvent>> paid) {
    Money amount = event.amount();
    Member any = null;
    for (Member claim : claims) {
      for (ClaimEvent before : paid.getOrDefault(claim.number(), List.of())) {
        if (!before.patientControlNumber().equals(event.patientControlNumber())) {
          continue;
        }
        any = any == null ? claim : any;
        if (amount != null
            && before.amount() != null
            && before.kind().isDecision()
            && before.amount().equals(amount.negated())) {
          return claim;
        }
      }
    }
    return any;
  }

  /** Where each claim stands, given the claim of each event. */
  List<Standing> standings(Map<Long, Long> owners) {
    Map<Long, List<ClaimEvent>> own = new HashMap<>();
    for (ClaimEvent event : events) {
      Long owner = owners.get(event.number());
      if (owner != null) {
        own.computeIfAbsent(owner, key -> new ArrayList<>()).add(event);
      }
    }
    Map<Long, Standing> alone = new HashMap<>();
    for (Member claim : claims) {
      alone.put(claim.number(), alone(claim, own.getOrDefault(claim.number(), List.of())));
    }
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      Member claim = claims.get(i);
      Standing standing = Objects.requireNonNull(alone.get(claim.number()));
      Member successor = successor(i, standing, alone);
      standings.add(
          successor == null
              ? standing
              : new Standing(
                  claim.number(),
                  successor.isVoid() ? standing.state().voided() : standing.state().replaced(),
                  successor.sent(),
                  standing.payerClaimNumber(),
                  standing.paid(),
                  standing.owed()));
    }
    return standings;
  }

  private static Standing alone(Member claim, List<ClaimEvent> events) {
    ClaimState state = ClaimState.READ;
    LocalDate since = claim.read();
    if (claim.answered() != null) {
      boolean refused = claim.answered() == ClaimState.REJECTED_BY_999;
      state = refused ? state.rejectedBy999() : state.acknowledged();
      since = claim.answeredOn() == null ? since : claim.answeredOn();
    }
    String payerNumber = null;
    for (ClaimEvent event : events) {
      payerNumber = event.payerClaimNumber() == null ? payerNumber : event.payerClaimNumber();
      switch (event.kind()) {
        case ACCEPTED -> state = state.accepted();
        case REJECTED -> state = state.rejected();
        case FORWARDED, SENT_ON -> state = state.forwarded();
        default -> {
          continue;
        }
      }
      since = event.on();
    }
    Decisions decisions = Decisions.of(events);
    return new Standing(
        claim.number(),
        decisions.after(state),
        decisions.last() == null ? since : decisions.last(),
        payerNumber,
        decisions.paid(),
        decisions.owed());
  }

  /**
   * The claim that takes this one's place: the latest that names it by the payer's number, or by
   * its own where both are to the same payer in turn (SBR01), unless nobody accepted it.
   */
  private @Nullable Member successor(int place, Standing standing, Map<Long, Standing> alone) {
    if (standing.state().isRefused()) {
      return null;
    }
    Member claim = claims.get(place);
    Member found = null;
    // few of many take over: a number that is used for thousands of claims must not take long
    for (int later : takingOver) {
      Member other = claims.get(later);
      if (later > place && takesOver(other, claim, standing)) {
        ClaimState state = Objects.requireNonNull(alone.get(other.number())).state();
        found = state.isRefused() ? found : other;
      }
    }
    return found;
  }

  private static boolean takesOver(Member other, Member claim, Standing standing) {
    String prior = other.priorClaimNumber();
    return (prior != null && prior.equals(standing.payerClaimNumber()))
        || (other.patientControlNumber().equals(claim.patientControlNumber())
            && other.payerSequence().equals(claim.payerSequence()));
  }
}
