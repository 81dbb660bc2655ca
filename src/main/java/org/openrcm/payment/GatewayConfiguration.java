package org.openrcm.payment;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import org.openrcm.jobs.Jobs;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Chooses the gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentSettings.class)
class GatewayConfiguration {
  private static final int SECRET_BYTES = 32;

  @Bean
  Gateway gateway(
      PaymentSettings settings,
      Environment environment,
      JdbcClient sql,
      Jobs jobs,
      Clock clock,
      PlatformTransactionManager transactions) {
    String brought =
        environment.getProperty("spring.datasource.url", "none").equals("none") ? "test" : "none";
    String chosen = settings.gateway() == null ? brought : settings.gateway();
    return switch (chosen) {
      case "test" -> new TestGateway(sql, jobs, clock, transactions);
      case "none" -> new NoGateway();
      default -> throw new IllegalStateException("openrcm.payment.gateway is test or none");
    };
  }

  /** Without a secret of its own a server takes events that it signed itself, and no others. */
  @Bean
  WebhookSignature webhookSignature(PaymentSettings settings, Clock clock) {
    byte[] secret = new byte[SECRET_BYTES];
    if (settings.webhookSecret() == null || settings.webhookSecret().isBlank()) {
      new SecureRandom().nextBytes(secret);
    } else {
      secret = settings.webhookSecret().getBytes(StandardCharsets.UTF_8);
    }
    return new WebhookSignature(secret, clock);
  }
}
