package org.openrcm.posting;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The record of what people decided, in its order: with the raw files enough to work everything out
 * again.
 */
@Component
class Commands {
  private final JdbcClient sql;

  Commands(JdbcClient sql) {
    this.sql = sql;
  }

  /** What somebody can decide. */
  enum Kind {
    POST,
    UNDO,
    HOLD,
    RELEASE,
    LEAVE_OUT,
    TAKE_IN,
    MATCH,
    UNMATCH,
    AS_SENT,
    NOT_AS_SENT,
    WRITE_OFF,
    UNDO_WRITE_OFF,
    CLOSE,
    REOPEN,
    ASSIGN,
    MODE
  }

  /**
   * A decision and what it is about.
   *
   * @param detail a word more: a payer's mode, the reference of a takeback, the new owner, the note
   *     with which somebody closed an exception, or which denial was written off and why
   */
  record Command(
      Kind kind,
      @Nullable Long remittance,
      @Nullable Integer ordinal,
      @Nullable Long claim,
      @Nullable UUID exception,
      @Nullable String detail) {

    static Command ofCheck(Kind kind, long remittance) {
      return new Command(kind, remittance, null, null, null, null);
    }

    static Command ofException(Kind kind, UUID exception, @Nullable String detail) {
      return new Command(kind, null, null, null, exception, detail);
    }
  }

  void record(Command command) {
    Actor actor = Actor.current();
    sql.sql(
            """
            insert into posting_command (practice_id, number, id, actor_id, actor_name, kind,
              remittance_number, ordinal, claim_number, exception_id, detail)
            values (?, nextval('posting_command_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(UUID.randomUUID())
        .param(actor.id())
        .param(actor.name())
        .param(command.kind().name())
        .param(command.remittance())
        .param(command.ordinal())
        .param(command.claim())
        .param(command.exception())
        .param(command.detail())
        .update();
  }
}
