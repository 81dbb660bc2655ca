package org.openrcm.claim;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Claims and what came back for them, with all that is linked to them: by the provider's number
 * (CLM01, CLP01), or by the payer's that a claim takes over (REF*F8).
 *
 * @param claims by number
 * @param events by number
 */
record LinkedClaims(Map<Long, Stored> claims, Map<Long, ClaimEvent> events) {

  /** A claim as it is known now. */
  record Stored(Lineage.Member member, Lineage.Standing standing) {}

  /** Reads them from the database. */
  @Component
  static class Reader {
    /** Replacements of replacements: how far they are followed. */
    private static final int GENERATIONS = 8;

    private final JdbcClient sql;

    Reader(JdbcClient sql) {
      this.sql = sql;
    }

    /** All that is linked to claims of these numbers (CLM01). */
    LinkedClaims of(Collection<String> controls) {
      Map<Long, Stored> claims = new LinkedHashMap<>();
      Map<Long, ClaimEvent> events = new LinkedHashMap<>();
      Set<String> askedControls = new HashSet<>();
      Set<String> askedNumbers = new HashSet<>();
      Set<String> wantedControls = new HashSet<>(controls);
      Set<String> wantedNumbers = new HashSet<>();
      for (int generation = 0; generation < GENERATIONS; generation++) {
        wantedControls.removeAll(askedControls);
        wantedNumbers.removeAll(askedNumbers);
        if (wantedControls.isEmpty() && wantedNumbers.isEmpty()) {
          break;
        }
        askedControls.addAll(wantedControls);
        askedNumbers.addAll(wantedNumbers);
        List<Stored> foundClaims = claims(wantedControls, wantedNumbers);
        List<ClaimEvent> foundEvents = events(wantedControls, wantedNumbers);
        wantedControls = new HashSet<>();
        wantedNumbers = new HashSet<>();
        for (Stored claim : foundClaims) {
          claims.put(claim.member().number(), claim);
          wantedControls.add(claim.member().patientControlNumber());
          String prior = claim.member().priorClaimNumber();
          if (prior != null) {
            wantedNumbers.add(prior);
          }
        }
        for (ClaimEvent event : foundEvents) {
          events.put(event.number(), event);
          wantedControls.add(event.patientControlNumber());
          if (event.payerClaimNumber() != null) {
            wantedNumbers.add(event.payerClaimNumber());
          }
        }
      }
      return new LinkedClaims(claims, events);
    }

    private List<Stored> claims(Set<String> controls, Set<String> numbers) {
      String select =
          """
          select c.number, c.id, c.submission_number, c.patient_control_number, c.frequency,
            c.prior_claim_number, c.payer_sequence, c.state, c.state_since, c.payer_claim_number, c.paid_cents,
            c.owed_cents, s.submitted_on, s.loaded_at::date as read_on, s.answer, s.answered_on
          from claim c join submission s on s.number = c.submission_number
          where c.%s = any (?)
          """;
      List<Stored> found = new ArrayList<>();
      found.addAll(ask(select.formatted("patient_control_number"), controls, Reader::claim));
      found.addAll(ask(select.formatted("prior_claim_number"), numbers, Reader::claim));
      return found;
    }

    private List<ClaimEvent> events(Set<String> controls, Set<String> numbers) {
      List<ClaimEvent> found = new ArrayList<>();
      String select = "select * from claim_event where %s = any (?)";
      found.addAll(ask(select.formatted("patient_control_number"), controls, ClaimEvent::of));
      found.addAll(ask(select.formatted("payer_claim_number"), numbers, ClaimEvent::of));
      return found;
    }

    private <T> List<T> ask(String query, Set<String> values, RowMapper<T> mapper) {
      return values.isEmpty()
          ? List.of()
          : sql.sql(query).param(values.toArray(String[]::new)).query(mapper).list();
    }

    private static Stored claim(ResultSet row, int index) throws SQLException {
      LocalDate read = Objects.requireNonNull(row.getObject("read_on", LocalDate.class));
      LocalDate sent = row.getObject("submitted_on", LocalDate.class);
      String answer = row.getString("answer");
      long number = row.getLong("number");
      return new Stored(
          new Lineage.Member(
              number,
              Objects.requireNonNull(row.getObject("id", UUID.class)),
              row.getLong("submission_number"),
              row.getString("patient_control_number"),
              row.getString("frequency"),
              row.getString("prior_claim_number"),
              row.getString("payer_sequence"),
              sent == null ? read : sent,
              read,
              answer == null ? null : ClaimState.valueOf(answer),
              row.getObject("answered_on", LocalDate.class)),
          new Lineage.Standing(
              number,
              ClaimState.valueOf(row.getString("state")),
              Objects.requireNonNull(row.getObject("state_since", LocalDate.class)),
              row.getString("payer_claim_number"),
              Money.ofCents(row.getLong("paid_cents")),
              Money.ofCents(row.getLong("owed_cents"))));
    }
  }
}
