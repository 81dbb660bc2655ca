package org.openrcm.account;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openrcm.MadeUpClaims;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A practice of its own with claims of made-up patients, what they say, and what is posted. */
public final class Practiced {
  public static final LocalDate DAY = LocalDate.of(2026, 2, 24);

  private final TransactionTemplate transaction;
  private final JdbcClient sql;
  private final UUID practice;

  public Practiced(UUID practice, TransactionTemplate transaction, JdbcClient sql) {
    this.practice = practice;
    this.transaction = transaction;
    this.sql = sql;
  }

  public UUID practice() {
    return practice;
  }

  /** Does work in a transaction of the practice. */
  public <T> T in(Supplier<T> work) {
    return Actor.job("test", practice).call(() -> transaction.execute(status -> work.get()));
  }

  /** Loads claims {@code name-1} on, without what follows, and answers their numbers. */
  public List<Long> claims(TestUsers users, String name, int count) {
    new TestFiles(users, practice)
        .load(name + ".837", MadeUpClaims.of(name, count).getBytes(StandardCharsets.US_ASCII));
    users.forgetWhatFollowed(practice);
    return in(
        () ->
            sql.sql(
                    """
                    select number from claim where patient_control_number like ?
                    order by number
                    """)
                .param(name + "-%")
                .query(Long.class)
                .list());
  }

  /** Somebody of this name, born in 1980, in Mill Lane. */
  public static Seen.Person person(String last, String first) {
    return new Seen.Person(
        last,
        first,
        null,
        null,
        LocalDate.of(1980, 1, 1),
        "F",
        List.of("1 MILL LANE"),
        "LARKMOOR",
        "VT",
        "059990001",
        null,
        null);
  }

  /** The same person at another address. */
  public static Seen.Person at(Seen.Person person, String street) {
    return new Seen.Person(
        person.lastName(),
        person.firstName(),
        person.middleName(),
        person.suffix(),
        person.birthDate(),
        person.sex(),
        List.of(street),
        person.city(),
        person.state(),
        person.postalCode(),
        person.country(),
        person.phone());
  }

  public static Seen.SeenCoverage coverage(int rank, String payer, @Nullable String member) {
    return new Seen.SeenCoverage(
        rank, payer, null, member, null, null, "CI", "18", "QUILLBY, TANSY");
  }

  public static Seen seen(long claim, String control, LocalDate on, Seen.Person patient) {
    return new Seen(
        claim, control, on, patient, null, List.of(coverage(1, "BLUEFERN HEALTH PLAN", "BFH1")));
  }

  /** Posts charges of a claim: what its insurer owes. */
  public static Entry charged(long claim, LocalDate day, String amount) {
    Lines lines =
        new Lines()
            .move(
                Money.of(amount),
                at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null, null),
                at(AccountKind.REVENUE, claim, null, null, null));
    return new Entry(Document.claim(claim), day, lines.toList());
  }

  /** Posts what an insurer decided: paid, discount and the patient's share. */
  public static Entry decided(
      long claim, long remittance, LocalDate day, String paid, String discount, String share) {
    Line.At insurer = at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null, null);
    Lines lines =
        new Lines()
            .move(
                Money.of(paid),
                at(AccountKind.CASH_CLEARING, null, null, null, "BF2603130001"),
                insurer)
            .move(
                Money.of(discount),
                at(AccountKind.CONTRACTUAL_ADJUSTMENT, claim, null, "CO-45", null),
                insurer)
            .move(
                Money.of(share),
                at(AccountKind.PATIENT_RECEIVABLE, claim, null, "PR-3", null),
                insurer);
    return new Entry(Document.payment(remittance, 1), day, lines.toList());
  }

  static Line.At at(
      AccountKind kind,
      @Nullable Long claim,
      @Nullable Integer rank,
      @Nullable String code,
      @Nullable String reference) {
    return new Line.At(kind, claim, rank, null, code, reference, 1);
  }

  public void post(Journal journal, Entry... entries) {
    in(
        () -> {
          journal.lock();
          return journal.post("TEST", null, List.of(entries));
        });
  }

  /** Two claims of Tansy, one of them decided, and one of Moss; their numbers. */
  public List<Long> aStory(TestUsers users, Accounts accounts, Journal journal) {
    List<Long> claims = claims(users, "STORY", 3);
    Seen.Person tansy = person("QUILLBY", "TANSY");
    in(
        () ->
            accounts.take(
                List.of(
                    seen(claims.get(0), "STORY-1", DAY, tansy),
                    seen(claims.get(1), "STORY-2", DAY.plusDays(7), tansy),
                    seen(claims.get(2), "STORY-3", DAY, person("HAZEL", "MOSS")))));
    post(
        journal,
        charged(claims.get(0), DAY, "120"),
        charged(claims.get(1), DAY.plusDays(7), "120"),
        charged(claims.get(2), DAY, "120"));
    post(journal, decided(claims.get(0), 1, DAY.plusDays(17), "80", "25", "15"));
    return claims;
  }

  /** All of what holds of the accounts, without numbers and ids. */
  List<Map<String, Object>> everything() {
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.addAll(
        sql.sql(
                """
                select to_jsonb(a) - 'number' - 'id' - 'version' as account,
                  (select jsonb_agg(to_jsonb(c) - 'number' - 'account_number' order by c.key)
                    from account_coverage c where c.account_number = a.number) as coverages,
                  (select jsonb_agg(c.control order by c.control)
                    from account_claim c where c.account_number = a.number) as claims,
                  (select jsonb_agg(w.word order by w.word)
                    from account_word w where w.account_number = a.number) as words
                from account a order by sort_name, a.said::text
                """)
            .query(
                (row, index) ->
                    Map.<String, Object>of(
                        "account", String.valueOf(row.getString(1)),
                        "coverages", String.valueOf(row.getString(2)),
                        "claims", String.valueOf(row.getString(3)),
                        "words", String.valueOf(row.getString(4))))
            .list());
    return rows;
  }
}
