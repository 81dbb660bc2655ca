package org.openrcm;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two claims and the check for them, in files and in the books, each line with the segment that
 * says it; the second payment is taken back. A bean of the server under test.
 */
@Component
@Lazy
public final class BooksByHand {
  public static final String CHECK = "BF2603130001";

  private static final LocalDate SERVICE = LocalDate.of(2026, 2, 24);
  private static final LocalDate PAYMENT = LocalDate.of(2026, 3, 13);

  /** Of 176.00, a dollar more than it explains. */
  private static final String REMITTANCE =
      """
      ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260313*0615*^*00501\
      *000001001*0*P*:~
      GS*HP*BFERN*LARKMOOR*20260313*0615*1001*X*005010X221A1~
      ST*835*0001~
      BPR*I*176*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313~
      TRN*1*BF2603130001*1890000101~
      N1*PR*BLUEFERN HEALTH PLAN~
      N3*100 HERON WAY~
      N4*MILLHOLT*OH*439990001~
      PER*BL*ERA DESK*TE*8005550101~
      N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
      LX*1~
      CLP*BKS-1*1*120*80*20*12*BF1*11*1~
      NM1*QC*1*QUILLBY*TANSY****MI*BFHBKS1~
      SVC*HC:99213*120*80**1~
      DTM*472*20260224~
      CAS*CO*45*20~
      CAS*PR*3*20~
      CLP*BKS-2*1*120*100**12*BF2*11*1~
      NM1*QC*1*QUILLBY*TANSY****MI*BFHBKS2~
      SVC*HC:99213*120*100**1~
      DTM*472*20260224~
      CAS*CO*45*20~
      PLB*2400102010*20261231*WO:OLD-1*5~
      SE*22*0001~
      GE*1*1001~
      IEA*1*000001001~
      """;

  private final TestUsers users;
  private final Journal journal;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final TestDatabase database;

  BooksByHand(
      TestUsers users,
      Journal journal,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      TestDatabase database) {
    this.database = database;
    this.users = users;
    this.journal = journal;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What was posted, by numbers of entries: two charges, then two payments, an adjustment and the
   * rest of the check, then what took the second payment back.
   */
  public record Posted(
      UUID practice, UUID claims, UUID remittance, List<Long> entries, long lastBatch) {}

  /** Loads the files of a practice and posts what stands in them. */
  public Posted post(UUID practice) {
    TestFiles files = new TestFiles(users, practice);
    UUID claims =
        files.load("bills.837", MadeUpClaims.of("BKS", 2).getBytes(StandardCharsets.US_ASCII));
    users.forgetWhatFollowed(practice);
    UUID remittance = files.load("remit.835", REMITTANCE.getBytes(StandardCharsets.US_ASCII));
    users.forgetWhatFollowed(practice);
    return Actor.job("posting", practice)
        .call(
            () -> {
              long one = number("BKS-1");
              long two = number("BKS-2");
              long check =
                  in(
                      () ->
                          sql.sql("select number from remittance where file_id = ?")
                              .param(remittance)
                              .query(Long.class)
                              .single());
              post("CLAIMS_BILLED", List.of(charges(one, 21), charges(two, 34)));
              post(
                  "CHECK_POSTED",
                  List.of(
                      paid(Document.payment(check, 1), one, 80, 20, 20, 10),
                      paid(Document.payment(check, 2), two, 100, 20, 0, 16),
                      adjustment(Document.adjustment(check, 1)),
                      rest(Document.check(check))));
              Entry back = paid(Document.payment(check, 2), two, -100, -20, 0, 16);
              long last = post("CHECK_UNDONE", List.of(back));
              return new Posted(practice, claims, remittance, entries(), last);
            });
  }

  /** As if the claims had been posted ten days ago, and the check five days ago. */
  public void backdate(Posted posted) {
    try (Connection connection = database.asSuperuser();
        Statement statement = connection.createStatement()) {
      // without its triggers, which even a superuser cannot pass by otherwise
      statement.execute("set session_replication_role = replica");
      for (int back = 2; back >= 1; back--) {
        statement.execute(
            "update journal_batch set posted_at = posted_at - interval '%d days'"
                    .formatted(5 * back)
                + " where practice_id = '%s' and number = %d"
                    .formatted(posted.practice(), posted.lastBatch() - back));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T in(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private long number(String claim) {
    return in(
        () ->
            sql.sql("select number from claim where patient_control_number = ?")
                .param(claim)
                .query(Long.class)
                .single());
  }

  private List<Long> entries() {
    return in(
        () ->
            new ArrayList<>(
                sql.sql("select number from journal_entry order by number")
                    .query(Long.class)
                    .list()));
  }

  private long post(String cause, List<Entry> entries) {
    return in(
        () -> {
          journal.lock();
          return journal.post(cause, null, entries);
        });
  }

  private static Entry charges(long claim, long segment) {
    return new Entry(
        Document.claim(claim),
        SERVICE,
        new Lines()
            .move(
                dollars(120),
                at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null, null, segment),
                at(AccountKind.REVENUE, claim, null, null, null, segment))
            .toList());
  }

  private static Entry paid(
      Document document, long claim, int paid, int discount, int patient, long clp) {
    Line.At owed = at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null, null, clp + 2);
    Line.At discounted =
        at(AccountKind.CONTRACTUAL_ADJUSTMENT, claim, null, "CO-45", null, clp + 4);
    Line.At toPatient = at(AccountKind.PATIENT_RECEIVABLE, claim, null, "PR-3", null, clp + 5);
    Lines lines =
        new Lines()
            .move(dollars(paid), at(AccountKind.CASH_CLEARING, null, null, null, CHECK, clp), owed)
            .move(dollars(discount), discounted, owed)
            .move(dollars(patient), toPatient, owed);
    return new Entry(document, PAYMENT, lines.toList());
  }

  private static Entry adjustment(Document document) {
    return new Entry(
        document,
        PAYMENT,
        new Lines()
            .move(
                dollars(5),
                at(AccountKind.PAYER_BALANCE, null, null, "WO", "WO OLD-1", 21),
                at(AccountKind.CASH_CLEARING, null, null, null, CHECK, 21))
            .toList());
  }

  private static Entry rest(Document document) {
    return new Entry(
        document,
        PAYMENT,
        new Lines()
            .move(
                dollars(1),
                at(AccountKind.CASH_CLEARING, null, null, null, CHECK, 2),
                at(AccountKind.UNAPPLIED_CREDIT, null, null, null, CHECK, 2))
            .toList());
  }

  private static Line.At at(
      AccountKind account, Long claim, Integer rank, String code, String reference, long segment) {
    Integer line = claim == null ? null : Integer.valueOf(1);
    return new Line.At(account, claim, rank, line, code, reference, segment);
  }

  private static Money dollars(long dollars) {
    return Money.ofCents(100 * dollars);
  }
}
