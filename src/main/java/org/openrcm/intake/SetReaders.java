package org.openrcm.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.AcknowledgementLoad;
import org.openrcm.claim.AcknowledgementReader;
import org.openrcm.claim.ClaimLoad;
import org.openrcm.claim.ClaimReader;
import org.openrcm.claim.Claims;
import org.openrcm.claim.SubmissionOutcome;
import org.openrcm.remittance.RemittanceLoad;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.SetOutcome;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.SetRouter;

/** The readers of all kinds of transaction sets that a received file may hold, and their loads. */
final class SetReaders implements SegmentHandler, AutoCloseable {
  private final UUID fileId;
  private final Claims claims;
  private final RemittanceLoad remittanceLoad;
  private final ClaimLoad claimLoad;
  private final AcknowledgementLoad acknowledgementLoad;
  private final SetRouter router;

  SetReaders(
      UUID fileId,
      String file,
      String fileHash,
      Remittances remittances,
      Claims claims,
      FindingSink findings) {
    this.fileId = fileId;
    this.claims = claims;
    remittanceLoad = remittances.load(fileId);
    claimLoad = claims.load(fileId);
    acknowledgementLoad = claims.acknowledgements(fileId);
    AcknowledgementReader acknowledgements =
        new AcknowledgementReader(file, fileHash, acknowledgementLoad, findings);
    router =
        new SetRouter(
            Map.of(
                "835",
                new RemittanceReader(file, fileHash, remittanceLoad, findings),
                "837",
                new ClaimReader(file, fileHash, claimLoad, findings),
                "999",
                acknowledgements,
                "277",
                acknowledgements),
            findings);
  }

  @Override
  public void segment(Segment segment) {
    switch (segment.key()) {
      case "Interchange.ISA" -> acknowledgementLoad.sentOn(day("20" + segment.text(9)));
      case "Group.GS" -> acknowledgementLoad.sentOn(day(segment.text(4)));
      default -> {
        // the router knows
      }
    }
    router.segment(segment);
  }

  @Override
  public void endOfSet(SetEnd end) {
    router.endOfSet(end);
  }

  private static @Nullable LocalDate day(String text) {
    if (!text.matches("[0-9]{8}")) {
      return null;
    }
    try {
      return LocalDate.of(
          Integer.parseInt(text.substring(0, 4)),
          Integer.parseInt(text.substring(4, 6)),
          Integer.parseInt(text.substring(6)));
    } catch (DateTimeException notInTheCalendar) {
      return null;
    }
  }

  /** Brings the checks of the file together with the claims that they decide. */
  void follow() {
    Set<UUID> checks = new LinkedHashSet<>();
    for (SetOutcome outcome : remittanceLoad.outcomes()) {
      if (outcome.remittanceId() != null) {
        checks.add(outcome.remittanceId());
      }
    }
    checks.forEach(check -> claims.follow(check, fileId));
  }

  /** What came of each set, those of one kind in the order of the file. */
  List<SetResult> results() {
    List<SetResult> results = new ArrayList<>();
    for (SetOutcome outcome : remittanceLoad.outcomes()) {
      results.add(
          new SetResult(
              outcome.transactionSet(),
              "835",
              SetResult.Kind.valueOf(outcome.outcome().name()),
              outcome.remittanceId(),
              null,
              outcome.claims(),
              outcome.reason()));
    }
    claimLoad.outcomes().forEach(outcome -> results.add(result(outcome, "837")));
    acknowledgementLoad.outcomes().forEach(outcome -> results.add(result(outcome, "")));
    return results;
  }

  private static SetResult result(SubmissionOutcome outcome, String type) {
    return new SetResult(
        outcome.transactionSet(),
        type,
        SetResult.Kind.valueOf(outcome.outcome().name()),
        null,
        outcome.submissionId(),
        outcome.claims(),
        outcome.reason());
  }

  @Override
  public void close() {
    try {
      claimLoad.close();
    } finally {
      remittanceLoad.close();
    }
  }
}
