package org.openrcm.payment;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How cards are charged.
 *
 * @param gateway {@code test} or {@code none}; without it {@code test} on a server that brings its
 *     own database along, and {@code none} otherwise
 * @param webhookSecret by which the gateway signs its events
 */
@ConfigurationProperties("openrcm.payment")
record PaymentSettings(@Nullable String gateway, @Nullable String webhookSecret) {}
