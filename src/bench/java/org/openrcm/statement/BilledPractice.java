package org.openrcm.statement;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practices;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.money.Money;
import org.openrcm.posting.Posting;
import org.openrcm.server.Server;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A practice with accounts that each owe 36 dollars for a visit, on a server of its own. */
final class BilledPractice implements AutoCloseable {
  private static final int IN_A_FILE = 2_000;

  final ConfigurableApplicationContext server;
  final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Actor actor;

  BilledPractice(int accounts) throws Exception {
    Path data = Files.createDirectories(Path.of("target", "bench", "bill-" + UUID.randomUUID()));
    server =
        Server.start(
            "--openrcm.data=" + data,
            "--server.port=0",
            "--management.server.port=-1",
            "--logging.level.root=warn");
    sql = server.getBean(JdbcClient.class);
    transaction = server.getBean(TransactionTemplate.class);
    actor =
        Actor.job(
            "bench", server.getBean(Practices.class).create("Larkmoor Family Practice", true));
    load(accounts);
  }

  @Override
  public void close() {
    server.close();
  }

  private void load(int accounts) throws Exception {
    for (int from = 1; from <= accounts; from += IN_A_FILE) {
      int until = Math.min(accounts, from + IN_A_FILE - 1);
      receive("claims.837", claims(from, until));
      receive("remit.835", remittance(from, until));
      for (UUID check :
          ask(
              () ->
                  sql.sql(
                          """
                          select r.id from remittance r
                          join remittance_posting p on p.remittance_number = r.number
                          where p.state = 'WAITING'
                          """)
                      .query(UUID.class)
                      .list())) {
        actor.call(() -> server.getBean(Posting.class).post(check, List.of()));
      }
      settled();
    }
    ask(
        () -> {
          server
              .getBean(Policies.class)
              .set(
                  new Policy(
                      new Policy.Letterhead(
                          "Larkmoor Family Practice",
                          List.of("9 Heron Way", "Larkmoor VT 05999"),
                          "802 555 0100",
                          "Monday to Friday, 8 am to 5 pm",
                          null,
                          null),
                      Money.of("5.00"),
                      30,
                      21,
                      "larkmoor.example/my",
                      new Policy.Help(true, "802 555 0111", "larkmoor.example/help")));
          return true;
        });
  }

  private void receive(String name, byte[] x12) throws Exception {
    actor.call(
        () -> server.getBean(Intake.class).receive(name, Via.API, new ByteArrayInputStream(x12)));
    settled();
  }

  void settled() throws InterruptedException {
    while (sql.sql("select exists (select from job)").query(Boolean.class).single()) {
      Thread.sleep(5);
    }
  }

  <T> T ask(Callable<T> question) throws Exception {
    return actor.call(
        () ->
            transaction.execute(
                status -> {
                  try {
                    return question.call();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }

  private static byte[] interchange(String kind, String guide, int control, List<String> set) {
    String text =
        """
        ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260302*0615*^*00501*%1$09d*0*P*:~
        GS*%2$s*LARKMOOR*BFERN*20260302*0615*%1$d*X*%3$s~
        %4$s~
        SE*%5$d*0001~
        GE*1*%1$d~
        IEA*1*%1$09d~
        """
            .formatted(control, kind, guide, String.join("~\n", set), set.size() + 1);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Everybody is somebody else, and was seen once, for two services. */
  private static byte[] claims(int from, int until) {
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*837*0001*005010X222A1",
            "BHT*0019*00*B" + from + "*20260302*0615*CH",
            "NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220",
            "PER*IC*WREN ASHDOWN*TE*5550100100",
            "NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110",
            "HL*1**20*1",
            "NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010",
            "N3*9 HERON WAY",
            "N4*LARKMOOR*VT*059990001",
            "REF*EI*990000220"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "HL*" + (i - from + 2) + "*1*22*0",
              "SBR*P*18*******CI",
              "NM1*IL*1*QUILLBY" + i + "*TANSY****MI*BFH" + i,
              "N3*" + i + " MILL LANE",
              "N4*LARKMOOR*VT*059990001",
              "DMG*D8*19800101*F",
              "NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110",
              "CLM*BILL" + i + "*240***11:B:1*Y*A*Y*Y",
              "HI*ABK:J069",
              "NM1*82*1*LIN*DANA****XX*2400102028",
              "LX*1",
              "SV1*HC:99213*180*UN*1***1",
              "DTP*472*D8*20260224",
              "LX*2",
              "SV1*HC:80053*60*UN*1***1",
              "DTP*472*D8*20260224"));
    }
    return interchange("HC", "005010X222A1", from, set);
  }

  private static byte[] remittance(int from, int until) {
    int count = until - from + 1;
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*835*0001",
            "BPR*I*"
                + 144 * count
                + "*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313",
            "TRN*1*BENCH" + from + "*1890000101",
            "DTM*405*20260313",
            "N1*PR*BLUEFERN HEALTH PLAN",
            "N3*100 HERON WAY",
            "N4*MILLHOLT*OH*439990001",
            "PER*BL*ERA DESK*TE*8005550101",
            "N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010",
            "LX*1"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "CLP*BILL" + i + "*1*240*144*36*12*BF" + i + "*11*1",
              "NM1*QC*1*QUILLBY" + i + "*TANSY****MI*BFH" + i,
              "SVC*HC:99213*180*112**1",
              "DTM*472*20260224",
              "CAS*CO*45*40",
              "CAS*PR*2*28",
              "SVC*HC:80053*60*32**1",
              "DTM*472*20260224",
              "CAS*CO*45*20",
              "CAS*PR*2*8"));
    }
    return interchange("HP", "005010X221A1", from, set);
  }
}
