package org.openrcm.account;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How an account's patient wants to be written to. Nobody has to say why (45 CFR 164.522(b)(1)).
 *
 * @param language {@code en} or {@code es}
 * @param paper whether bills come by mail
 */
public record Preferences(String language, boolean paper, @Nullable String email) {

  /** Why bills come on paper again. */
  public enum Why {
    EMAIL_FAILED(ChangeLog.Kind.EMAIL_FAILED),
    EMAIL_REFUSED(ChangeLog.Kind.EMAIL_REFUSED);

    private final ChangeLog.Kind kind;

    Why(ChangeLog.Kind kind) {
      this.kind = kind;
    }
  }

  /** Reads and changes them. */
  @Component
  public static class Desk {
    private final StateRows states;
    private final Corrections corrections;

    Desk(StateRows states, Corrections corrections) {
      this.states = states;
      this.corrections = corrections;
    }

    /** Of an account, by its number. It writes no audit rows: who shows it does. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Preferences of(long account) {
      return of(state(account));
    }

    private State state(long account) {
      return Objects.requireNonNull(states.lock(List.of(account)).get(account));
    }

    private static Preferences of(State state) {
      return new Preferences(
          "es".equals(state.value(Field.LANGUAGE)) ? "es" : "en",
          !"false".equals(state.value(Field.PAPER)),
          state.value(Field.EMAIL));
    }

    /** Sets them; on record as a correction that people of the office can undo. */
    @Transactional
    public void set(long account, Preferences wanted) {
      State state = state(account);
      if (!of(state).equals(wanted)) {
        Map<Field, String> values = new EnumMap<>(Field.class);
        values.put(Field.LANGUAGE, wanted.language());
        values.put(Field.PAPER, String.valueOf(wanted.paper()));
        values.put(Field.EMAIL, Objects.requireNonNullElse(wanted.email(), ""));
        UUID id = state.id();
        corrections.edit(id, state.version(), values, Set.of());
      }
    }

    /**
     * Has bills come by mail again, as e-mail to this address did not arrive or is not wanted: on
     * record, and to be undone, as any correction. One who gave another address since keeps to
     * e-mail.
     */
    @Transactional
    public void backToPaper(long account, @Nullable String address, Why why) {
      State state = state(account);
      Preferences now = of(state);
      if (!now.paper() && address != null && address.equalsIgnoreCase(now.email())) {
        corrections.edit(
            state.id(), state.version(), Map.of(Field.PAPER, "true"), Set.of(), why.kind);
      }
    }
  }
}
