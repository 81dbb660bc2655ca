package org.openrcm.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parts claims and events into those that belong together: by the provider's number (CLM01, CLP01),
 * or because a claim takes over (REF*F8) one that goes by that number at the payer.
 */
final class Families {
  private final Map<Long, LinkedClaims.Stored> claims;
  private final Collection<ClaimEvent> events;
  private final Map<String, String> parents = new HashMap<>();

  Families(Map<Long, LinkedClaims.Stored> claims, Collection<ClaimEvent> events) {
    this.claims = claims;
    this.events = events;
  }

  List<Lineage> lineages() {
    for (LinkedClaims.Stored claim : claims.values()) {
      join(own(claim.member().patientControlNumber()), claim.member().priorClaimNumber());
    }
    for (ClaimEvent event : events) {
      join(own(event.patientControlNumber()), event.payerClaimNumber());
    }
    Map<String, List<Lineage.Member>> members = new LinkedHashMap<>();
    Map<String, List<ClaimEvent>> theirs = new HashMap<>();
    for (LinkedClaims.Stored claim : claims.values()) {
      String family = top(own(claim.member().patientControlNumber()));
      members.computeIfAbsent(family, key -> new ArrayList<>()).add(claim.member());
    }
    for (ClaimEvent event : events) {
      String family = top(own(event.patientControlNumber()));
      theirs.computeIfAbsent(family, key -> new ArrayList<>()).add(event);
    }
    return members.entrySet().stream()
        .map(
            family ->
                new Lineage(family.getValue(), theirs.getOrDefault(family.getKey(), List.of())))
        .toList();
  }

  /** Numbers of provider and payer are different things even when they are equal. */
  private static String own(String patientControlNumber) {
    return "o" + patientControlNumber;
  }

  private void join(String own, @Nullable String payerNumber) {
    if (payerNumber != null) {
      parents.put(top(own), top("p" + payerNumber));
    }
  }

  private String top(String of) {
    String at = of;
    for (String parent = parents.get(at);
        parent != null && !parent.equals(at);
        parent = parents.get(at)) {
      at = parent;
    }
    return at;
  }
}
