package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set for the gateway's pages becomes a part of the policy, or stops the server. */
class ContentSecurityPolicyTest {
  @Test
  void originsOfTheGatewayStandBehindThisServer() {
    assertThat(SafeHeaders.policy("")).contains("form-action 'self';");
    assertThat(SafeHeaders.policy(" ")).isEqualTo(SafeHeaders.policy(""));
    assertThat(SafeHeaders.policy("https://checkout.example, https://b.example:8443"))
        .contains("form-action 'self' https://checkout.example https://b.example:8443;")
        .isEqualTo(
            SafeHeaders.policy("")
                .replace(
                    "form-action 'self'",
                    "form-action 'self' https://checkout.example https://b.example:8443"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://checkout.example",
        "https:",
        "https://*.example",
        "https://*",
        "*",
        "checkout.example",
        "https://checkout.example/",
        "https://checkout.example/pay",
        "https://checkout.example; script-src *",
        "https://checkout.example;script-src",
        "'unsafe-inline'",
        "javascript:alert(1)",
        "data:",
        "https://checkout.example:x",
        "https://user@checkout.example"
      })
  void whatIsNoOriginIsRefused(String set) {
    assertThatThrownBy(() -> SafeHeaders.policy(set))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("openrcm.payment.pages");
  }
}
