package org.openrcm.payment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which claims of an account are one visit: those of one number, as posting has it, and what
 * replaces another by the payer's number (REF*F8). However many there are of a number, each is
 * looked at once.
 */
public final class SameVisit {
  private final Map<Long, List<Long>> visits = new HashMap<>();
  private final Map<Numbered, Long> controls = new HashMap<>();
  private final Map<Numbered, List<Long>> byPayersNumber = new HashMap<>();
  private final Map<Numbered, List<Long>> replacing = new HashMap<>();

  /** A number of a claim means that claim on its account alone. */
  private record Numbered(long account, String number) {}

  /** Of these claims, whatever their order. */
  public static SameVisit of(List<SentClaims.Sent> claims) {
    SameVisit visits = new SameVisit();
    claims.forEach(visits::add);
    return visits;
  }

  private void add(SentClaims.Sent claim) {
    Long number = claim.number();
    visits.put(number, new ArrayList<>(List.of(number)));
    join(
        number,
        controls.computeIfAbsent(new Numbered(claim.account(), claim.control()), key -> number));
    // whichever of the two was loaded first; the same number at the payer alone says nothing
    if (claim.payers() != null) {
      Numbered payers = new Numbered(claim.account(), claim.payers());
      byPayersNumber.computeIfAbsent(payers, key -> new ArrayList<>()).add(number);
      replacing.getOrDefault(payers, List.of()).forEach(other -> join(number, other));
    }
    if (claim.replaces() != null) {
      Numbered replaces = new Numbered(claim.account(), claim.replaces());
      replacing.computeIfAbsent(replaces, key -> new ArrayList<>()).add(number);
      byPayersNumber.getOrDefault(replaces, List.of()).forEach(other -> join(number, other));
    }
  }

  /** Says that two are one visit. */
  public void join(long one, long other) {
    List<Long> to = visits.computeIfAbsent(one, key -> new ArrayList<>(List.of(key)));
    List<Long> from = visits.computeIfAbsent(other, key -> new ArrayList<>(List.of(key)));
    if (to == from) {
      return;
    }
    // the shorter into the longer
    List<Long> longer = to.size() < from.size() ? from : to;
    List<Long> shorter = longer == to ? from : to;
    longer.addAll(shorter);
    shorter.forEach(claim -> visits.put(claim, longer));
  }

  /** One claim of a visit, the same for all of them once all are joined. */
  public Long key(long claim) {
    return visits.getOrDefault(claim, List.of(claim)).get(0);
  }

  /** What a visit was sent as: this claim first, then the others in the order of loading. */
  public List<Long> of(long claim) {
    List<Long> all = new ArrayList<>(visits.getOrDefault(claim, List.of(claim)));
    all.remove(claim);
    all.sort(null);
    all.add(0, claim);
    return all;
  }
}
