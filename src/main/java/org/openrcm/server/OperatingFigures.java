package org.openrcm.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an operator watches besides the machine: work that waits, and for how long. */
@Component
class OperatingFigures implements MeterBinder {
  private static final String DUE =
      " from job where run_at <= now() and (leased_until is null or leased_until <= now())";

  private final JdbcClient database;

  OperatingFigures(JdbcClient database) {
    this.database = database;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "openrcm.jobs.waiting", "Jobs that are due and not begun", "count(*)" + DUE);
    gauge(
        registry,
        "openrcm.jobs.working",
        "Jobs that a server works on",
        "count(*) from job where leased_until > now()");
    gauge(
        registry,
        "openrcm.jobs.longest.wait.seconds",
        "How long the first of the waiting jobs has been due",
        "coalesce(extract(epoch from now() - min(run_at)), 0)" + DUE);
    gauge(
        registry,
        "openrcm.audit.unsealed",
        "Entries of the audit record that wait to be sealed: a few, for a second",
        "count(*) from audit_pending");
  }

  private void gauge(MeterRegistry registry, String name, String description, String figure) {
    Gauge.builder(name, () -> database.sql("select " + figure).query(Double.class).single())
        .description(description)
        .register(registry);
  }
}
