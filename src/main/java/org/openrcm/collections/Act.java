package org.openrcm.collections;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.contact.Outcome;

/**
 * What a collector notes on the work screen, each by one key: words, keys and how long the account
 * rests are in {@code rules/collection-outcome.tsv}.
 */
enum Act {
  LEFT_MESSAGE(Outcome.LEFT_MESSAGE, Step.Kind.CONTACTED),
  NO_ANSWER(Outcome.NO_ANSWER, Step.Kind.CONTACTED),
  SPOKE(Outcome.SPOKE, Step.Kind.CONTACTED),
  PROMISE(Outcome.SPOKE, Step.Kind.PROMISED),
  BUSY(Outcome.BUSY, Step.Kind.CONTACTED),
  WRONG_NUMBER(Outcome.WRONG_NUMBER, Step.Kind.CONTACTED),
  DECLINED(Outcome.DECLINED, Step.Kind.CONTACTED),
  PLAN(Outcome.SPOKE, Step.Kind.PLANNED),
  DISPUTE(Outcome.SPOKE, Step.Kind.DISPUTED),
  ASSISTANCE(Outcome.SPOKE, Step.Kind.HELP_ASKED),
  HOLD(null, Step.Kind.HELD),
  NOTE(null, Step.Kind.NOTED),
  SNOOZE(null, Step.Kind.SNOOZED),
  TRANSFER(null, Step.Kind.TRANSFERRED),
  SKIP(null, Step.Kind.SKIPPED);

  private static final CodeList FILE = CodeList.load("collection-outcome");

  private final @Nullable Outcome outcome;
  private final Step.Kind kind;

  Act(@Nullable Outcome outcome, Step.Kind kind) {
    this.outcome = outcome;
    this.kind = kind;
  }

  /** What came of the call; null when it is not about one. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  Step.Kind kind() {
    return kind;
  }

  /** Whether the patient was on the phone: they may have called themselves. */
  public boolean isTalk() {
    return outcome == Outcome.SPOKE;
  }

  public String label() {
    return FILE.words(name(), null).orElse(name());
  }

  /** The key that chooses it. */
  public String key() {
    return column("key");
  }

  /** How many days the account rests; 0 when it does not. */
  public int rest() {
    String days = column("rest");
    return days.isEmpty() ? 0 : Integer.parseInt(days);
  }

  private String column(String name) {
    return FILE.row(name(), null).map(row -> row.more().getOrDefault(name, "")).orElse("");
  }

  /** As forms and classes have it. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of a form; null when it names none. */
  static @Nullable Act of(String slug) {
    return Arrays.stream(values()).filter(act -> act.slug().equals(slug)).findFirst().orElse(null);
  }
}
