package org.openrcm.contact;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code rules/contact-rule.tsv}.
 *
 * @param from the first day on which it is in force: its version; {@code to} the last, null for
 *     none
 * @param roles of those whom it binds
 * @param states of those whom it protects; empty for all
 * @param channels and {@code purposes} that it binds
 * @param limits its numbers and times, by name
 * @param title what it is about; {@code words} what it says when it forbids
 */
record Rule(
    String pack,
    String id,
    LocalDate from,
    @Nullable LocalDate to,
    Set<CollectorRole> roles,
    Set<String> states,
    RuleKind kind,
    Set<Channel> channels,
    Set<Purpose> purposes,
    Map<String, String> limits,
    String title,
    String words) {

  /** Whether it has a say on that day in what is asked. */
  boolean binds(Facts facts, Channel channel, Purpose purpose, LocalDate day) {
    return channels.contains(channel)
        && purposes.contains(purpose)
        && roles.contains(facts.role())
        && !day.isBefore(from)
        && (to == null || !day.isAfter(to))
        && (states.isEmpty() || facts.states().stream().anyMatch(states::contains));
  }

  int number(String limit) {
    return Integer.parseInt(text(limit));
  }

  String text(String limit) {
    String value = limits.get(limit);
    if (value == null) {
      throw new IllegalStateException("rule " + id + " of " + pack + " has no limit " + limit);
    }
    return value;
  }

  boolean is(String limit) {
    return limits.containsKey(limit);
  }

  boolean lists(String limit, Enum<?> value) {
    return (" " + text(limit) + " ").contains(" " + value.name() + " ");
  }
}
