package org.openrcm.payment;

import java.util.UUID;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the gateway to give card money back. Broken off anywhere and begun again it ends the same:
 * the gateway knows the refund by our id.
 */
@Configuration(proxyBeanMethods = false)
class RefundJob {
  static final String KIND = "SEND_REFUND";

  private final Gateway gateway;
  private final Refunds refunds;
  private final PatientPaymentRows rows;
  private final TransactionTemplate transaction;

  RefundJob(
      Gateway gateway,
      Refunds refunds,
      PatientPaymentRows rows,
      PlatformTransactionManager transactions) {
    this.gateway = gateway;
    this.refunds = refunds;
    this.rows = rows;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What the gateway is to be told. */
  private record Order(Refund refund, PatientPayment payment) {}

  @Bean
  JobKind sendRefundJob() {
    return new JobKind(KIND, this::send, refunds::failed);
  }

  void send(UUID id, JobRun run) throws Gateway.Failure {
    Order order =
        transaction.execute(
            status -> {
              Refund refund = rows.findRefund(id).orElseThrow();
              return new Order(refund, rows.find(refund.payment()).orElseThrow());
            });
    if (order == null || order.refund().state() != Refund.State.SENDING) {
      return;
    }
    String payment = order.payment().gatewayReference();
    if (payment == null) {
      refunds.failed(id);
      return;
    }
    run.goOn();
    try {
      refunds.done(id, gateway.refund("refund-" + id, payment, order.refund().amount()));
    } catch (Gateway.Declined e) {
      refunds.failed(id);
    }
  }
}
