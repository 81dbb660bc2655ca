package org.openrcm.claim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** All that a file's acknowledgements say, in lists. */
final class HeardAcknowledgements implements AcknowledgementHandler {
  private static final Mappings MAPPINGS = Mappings.bundled();

  final List<InterchangeAcknowledgement> interchanges = new ArrayList<>();
  final List<GroupAcknowledgement> groups = new ArrayList<>();
  final List<SetAcknowledgement> sets = new ArrayList<>();
  final List<GroupAcknowledgement.Result> results = new ArrayList<>();
  final List<StatusReport> reports = new ArrayList<>();
  final List<PartyStatus> parties = new ArrayList<>();
  final List<ClaimStatus> claims = new ArrayList<>();
  final List<Totals> totals = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  static HeardAcknowledgements of(String text) {
    return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static HeardAcknowledgements of(Path file) throws IOException {
    try (InputStream in = X12File.of(file).open()) {
      return of(in);
    }
  }

  private static HeardAcknowledgements of(InputStream in) {
    HeardAcknowledgements heard = new HeardAcknowledgements();
    StreamingEngine.checking(MAPPINGS)
        .read(
            in,
            "test.x12",
            new AcknowledgementReader("test.x12", "", heard, heard.findings::add),
            heard.findings::add);
    return heard;
  }

  @Override
  public void interchange(InterchangeAcknowledgement acknowledgement) {
    interchanges.add(acknowledgement);
  }

  @Override
  public void start(GroupAcknowledgement group) {
    groups.add(group);
  }

  @Override
  public void set(GroupAcknowledgement group, SetAcknowledgement set) {
    sets.add(set);
  }

  @Override
  public void end(GroupAcknowledgement group, GroupAcknowledgement.Result result) {
    results.add(result);
  }

  @Override
  public void start(StatusReport report) {
    reports.add(report);
  }

  @Override
  public void party(StatusReport report, PartyStatus party) {
    parties.add(party);
  }

  @Override
  public void claim(StatusReport report, ClaimStatus claim) {
    claims.add(claim);
  }

  @Override
  public void end(StatusReport report, Totals ended) {
    totals.add(ended);
  }
}
