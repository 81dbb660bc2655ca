package org.openrcm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.collections.Promises;
import org.openrcm.money.Money;
import org.openrcm.payment.Desk;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Promises kept, and what came after collectors' work. */
@ServerTest
@Import(MovableClock.InServer.class)
class CollectorFiguresTest {
  @Autowired private ApplicationContext server;
  @Autowired private MovableClock clock;
  @Autowired private Promises promises;
  @Autowired private PromiseRate rate;
  @Autowired private CollectorYield yield;
  @Autowired private Reports reports;
  @Autowired private JdbcClient sql;

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private Figure figure(Desk desk, Figure.Reader reader, LocalDate day) {
    return desk.in(
        () -> reader.read(ReportFilter.of(Map.of()), new Moment(1, clock.instant(), 0, day)));
  }

  @Test
  void aPromiseIsKeptWhenAllOfItWasPaidByItsDay() {
    Desk desk = Desk.open(server, "Promises");
    LocalDate today = LocalDate.now(clock);
    desk.as(() -> promises.make(desk.account(), Money.of("10"), today, key()));
    assertThat(figure(desk, rate, today).said().value()).isEqualTo(Figure.NONE);
    desk.cash("10");
    desk.as(() -> promises.make(desk.account(), Money.of("5"), today.plusDays(1), key()));
    desk.cash("4.99");
    clock.move(Duration.ofDays(3));
    desk.cash("1");
    LocalDate later = today.plusDays(3);
    Figure figure = figure(desk, rate, later);
    assertThat(figure.said().value()).isEqualTo("50.0 %");
    assertThat(figure.said().reckoned())
        .startsWith("1 of 2 promises = 50.0 %")
        .contains("$14.99 of $15.00");
    List<Table.Row> rows =
        desk.as(() -> reports.part(reports.listing("promises"), ReportFilter.of(Map.of()), "", 50))
            .table()
            .rows();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).cells().get(6).value()).isEqualTo("Not kept");
    assertThat(rows.get(1).cells().get(6).value()).isEqualTo("Kept");
  }

  @Test
  void aPaymentIsTheCollectorsWhoWorkedTheAccountLastWithinThirtyDays() {
    Desk desk = Desk.open(server, "Yield");
    LocalDate today = LocalDate.now(clock);
    desk.cash("1");
    worked(desk, "Wren", UUID.randomUUID());
    UUID robin = UUID.randomUUID();
    worked(desk, "Robin", robin);
    desk.cash("2");
    desk.cash("3");
    Figure figure = figure(desk, yield, today);
    assertThat(figure.said().value()).isEqualTo("$5.00");
    assertThat(figure.table().rows()).hasSize(2);
    assertThat(figure.table().rows().get(0).cells().stream().map(Table.Cell::value).toList())
        .containsExactly("Robin", 1L, 2L, Money.of("5"), Money.of("5"));
    clock.move(Duration.ofDays(31));
    desk.cash("4");
    assertThat(figure(desk, yield, today.plusDays(31)).said().value()).isEqualTo("$5.00");
    assertThat(
            desk.as(
                    () ->
                        reports.part(
                            reports.listing("credited"), ReportFilter.of(Map.of()), "", 50))
                .table()
                .rows())
        .hasSize(2);
  }

  private void worked(Desk desk, String name, UUID id) {
    desk.in(
        () ->
            sql.sql(
                    """
                    insert into collection_step (practice_id, number, account_number, at, staff_id,
                      staff_name, kind, words)
                    values (?, nextval('collection_step_number'), ?, ?, ?, ?, 'TAKEN', '')
                    """)
                .params(
                    desk.practice(),
                    desk.account(),
                    clock.instant().atOffset(java.time.ZoneOffset.UTC),
                    id,
                    name)
                .update());
  }
}
