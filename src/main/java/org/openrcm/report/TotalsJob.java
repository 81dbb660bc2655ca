package org.openrcm.report;

import org.openrcm.jobs.JobKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds up in the background what is more than a page waits for. */
@Configuration(proxyBeanMethods = false)
class TotalsJob {

  @Bean
  JobKind reportTotalsJob(Totals totals) {
    return new JobKind(Totals.JOB, (practice, run) -> totals.catchUp(run::goOn), practice -> {});
  }
}
