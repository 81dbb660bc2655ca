package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/** Puts another payer's coverage together: loops 2320 and 2330. */
final class CoverageAssembler {
  private final ClaimParts parts;
  private final PartyAssembler party;

  private boolean open;
  private @Nullable String unreadable;
  private PlanMembership membership = PlanMembership.UNKNOWN;
  private @Nullable Named subscriber;
  private @Nullable Named payer;
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();
  private final List<Named> providers = new ArrayList<>();

  CoverageAssembler(Values values, ClaimParts parts) {
    this.parts = parts;
    this.party = new PartyAssembler(values, parts);
  }

  boolean isOpen() {
    return open;
  }

  /** Why the coverage cannot be used, or null. */
  @Nullable String unreadable() {
    return unreadable;
  }

  /** Starts a coverage; false when its SBR says more than is held. */
  boolean begin(Segment sbr) {
    clear();
    open = true;
    membership = ClaimParts.membership(sbr);
    return ClaimParts.holdsMembership(sbr);
  }

  /** Takes a later segment of the coverage; false when not all it says is held. */
  boolean add(Segment segment) {
    if (!segment.loop().id().equals("2320")) {
      return addToParty(segment);
    }
    switch (segment.tag()) {
      case "CAS" -> {
        if (!parts.adjustments(segment, adjustments)) {
          unreadable = "an adjustment has no amount that can be read";
        }
        return true;
      }
      case "AMT" -> {
        return parts.amount(segment, amounts);
      }
      default -> {
        return details.add(ClaimParts.detail(segment));
      }
    }
  }

  private boolean addToParty(Segment segment) {
    if (segment.tag().equals("NM1")) {
      closeParty();
      return party.begin(segment);
    }
    return party.isOpen() && party.add(segment);
  }

  private void closeParty() {
    Named ended = party.end();
    if (ended == null) {
      return;
    }
    if (ended.loop().equals("2330A") && subscriber == null) {
      subscriber = ended;
    } else if (ended.loop().equals("2330B") && payer == null) {
      payer = ended;
    } else {
      providers.add(ended);
    }
  }

  OtherCoverage end() {
    closeParty();
    open = false;
    return new OtherCoverage(
        membership,
        Parts.frozen(adjustments),
        Parts.frozen(amounts),
        Parts.frozen(details),
        subscriber,
        payer,
        Parts.frozen(providers));
  }

  void clear() {
    open = false;
    unreadable = null;
    membership = PlanMembership.UNKNOWN;
    subscriber = null;
    payer = null;
    party.clear();
    adjustments.clear();
    amounts.clear();
    details.clear();
    providers.clear();
  }
}
