package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an event is the gateway's, and of now. */
class WebhookSignatureTest {
  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

  private static WebhookSignature at(Instant time) {
    byte[] secret = "whsec_of_a_test".getBytes(StandardCharsets.UTF_8);
    return new WebhookSignature(secret, Clock.fixed(time, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "-300, true", "300, true", "-301, false", "301, false", "86400, false"})
  void fiveMinutesAreTheLongestOnEitherSide(long seconds, boolean right) {
    String header = at(NOW.plus(Duration.ofSeconds(seconds))).sign(BODY);
    assertThat(at(NOW).isRight(header, BODY)).isEqualTo(right);
  }

  @Test
  void whatWasSignedIsTheSecondAndEachByte() {
    String right = at(NOW).sign(BODY);
    String later = at(NOW.plusSeconds(1)).sign(BODY);
    assertThat(at(NOW).isRight(right, BODY)).isTrue();
    assertThat(at(NOW).isRight(later.split(",")[0] + "," + right.split(",")[1], BODY)).isFalse();
    for (int i = 0; i < BODY.length; i++) {
      byte[] other = BODY.clone();
      other[i] ^= 1;
      assertThat(at(NOW).isRight(right, other)).isFalse();
    }
    assertThat(at(NOW).isRight(right, new byte[0])).isFalse();
  }

  @Test
  void oneRightSignatureOfSeveralIsEnoughAndAnotherSecretIsNone() {
    String right = at(NOW).sign(BODY);
    String other =
        new WebhookSignature(new byte[] {1}, Clock.fixed(NOW, ZoneOffset.UTC)).sign(BODY);
    assertThat(at(NOW).isRight(other, BODY)).isFalse();
    assertThat(at(NOW).isRight(other + "," + right.split(",")[1], BODY)).isTrue();
    assertThat(at(NOW).isRight(right.replace("v1=", "v0="), BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "t=,v1=", "t=1", "v1=00", "t=x,v1=00", "t=-5,v1=00", "=", "t==,v1=="})
  void whatIsNoSignatureIsRefusedWithoutAnError(String header) {
    assertThat(at(NOW).isRight(header, BODY)).isFalse();
    assertThat(at(NOW).isRight(null, BODY)).isFalse();
    assertThat(at(NOW).isRight(at(NOW).sign(BODY) + ",x=" + "y".repeat(1000), BODY)).isFalse();
  }
}
