package org.openrcm.contact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Decisions, kept with the facts, the question and the rules that they rest on. */
@Component
class DecisionRows {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] RULES = hash();

  private final JdbcClient sql;

  DecisionRows(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A decision as it was stored.
   *
   * @param sameRules whether the rules are those that were asked then
   */
  record Stored(Facts facts, Ask ask, Decision decision, boolean sameRules) {

    /** The decision made again, from what was stored. */
    Verdict again() {
      return Firewall.decide(facts, ask, Rules.all());
    }
  }

  private static byte[] hash() {
    try (InputStream in = DecisionRows.class.getResourceAsStream("/rules/contact-rule.tsv")) {
      return MessageDigest.getInstance("SHA-256").digest(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps decisions that rest on the same facts. */
  void keep(long account, Facts facts, List<Ask> asks, List<Decision> decisions) {
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into contact_facts (practice_id, id, account_number, rules, facts)
            values (?, ?, ?, ?, ?::json)
            """)
        .params(Actor.currentPractice(), id, account, RULES, JSON.writeValueAsString(facts))
        .update();
    for (int i = 0; i < decisions.size(); i++) {
      Decision decision = decisions.get(i);
      sql.sql(
              """
              insert into contact_decision (practice_id, number, id, account_number, facts_id, ask,
                asked_by, channel, purpose, at, allowed, next_allowed, verdict)
              values (?, nextval('contact_decision_number'), ?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?,
                ?::json)
              """)
          .param(Actor.currentPractice())
          .param(decision.id())
          .param(account)
          .param(id)
          .param(JSON.writeValueAsString(asks.get(i)))
          .param(Actor.current().name())
          .param(decision.channel().name())
          .param(decision.purpose().name())
          .param(decision.at().atOffset(ZoneOffset.UTC))
          .param(decision.allowed())
          .param(
              decision.nextAllowed() == null
                  ? null
                  : decision.nextAllowed().atOffset(ZoneOffset.UTC))
          .param(
              JSON.writeValueAsString(
                  new Verdict(
                      decision.allowed(),
                      decision.nextAllowed(),
                      decision.allowedUntil(),
                      decision.rulings(),
                      decision.visits())))
          .update();
    }
  }

  /** One of an account. */
  Optional<Stored> find(long account, UUID id) {
    return sql.sql(
            """
            select d.*, f.facts, f.facts->'zones' as zones, f.rules from contact_decision d
            join contact_facts f on f.id = d.facts_id
            where d.id = ? and d.account_number = ?
            """)
        .params(id, account)
        .query(
            (row, index) ->
                new Stored(
                    JSON.readValue(row.getString("facts"), Facts.class),
                    JSON.readValue(row.getString("ask"), Ask.class),
                    decision(row, account, ""),
                    MessageDigest.isEqual(RULES, row.getBytes("rules"))))
        .optional();
  }

  static Decision decision(ResultSet row, long account, String prefix) throws SQLException {
    Verdict verdict = JSON.readValue(row.getString(prefix + "verdict"), Verdict.class);
    Ask ask = JSON.readValue(row.getString(prefix + "ask"), Ask.class);
    return new Decision(
        Objects.requireNonNull(row.getObject(prefix + "id", UUID.class)),
        account,
        Channel.valueOf(row.getString(prefix + "channel")),
        Purpose.valueOf(row.getString(prefix + "purpose")),
        ask.to(),
        Objects.requireNonNull(row.getObject(prefix + "at", OffsetDateTime.class)).toInstant(),
        verdict.allowed(),
        verdict.nextAllowed(),
        verdict.allowedUntil(),
        verdict.rulings(),
        verdict.visits(),
        List.of(JSON.readValue(row.getString(prefix + "zones"), ZoneId[].class)));
  }
}
