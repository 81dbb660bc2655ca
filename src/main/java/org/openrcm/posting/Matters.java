package org.openrcm.posting;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.posting.Commands.Command;
import org.openrcm.posting.Commands.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exceptions that somebody decides about, and the record of what was decided. */
@Component
class Matters {
  private final JdbcClient sql;
  private final Commands commands;
  private final AuditTrail audit;

  Matters(JdbcClient sql, Commands commands, AuditTrail audit) {
    this.sql = sql;
    this.commands = commands;
    this.audit = audit;
  }

  /**
   * The exception of this id, locked.
   *
   * @throws NoSuchTrouble when the practice has none; on record
   */
  Matter find(UUID id) {
    return sql.sql(Matter.SELECT + " for update of x")
        .param(id)
        .query(Matter::of)
        .optional()
        .orElseThrow(() -> NoSuchTrouble.denied(audit, Action.CHANGE, id));
  }

  /**
   * The same, which must be open.
   *
   * @throws Refused when it is not
   */
  Matter open(UUID id) {
    Matter matter = find(id);
    if (!matter.isOpen()) {
      throw new Refused(Refused.Why.NOT_OPEN);
    }
    return matter;
  }

  /**
   * Puts a decision on record, for those whose data its document is too.
   *
   * @param claim that was chosen
   * @param detail as {@link Command} has it
   * @param others whose data it is besides
   */
  void record(
      Matter matter,
      Kind kind,
      @Nullable Long claim,
      @Nullable String detail,
      Collection<UUID> others) {
    Document document = matter.document();
    boolean ofClaim = document.source() == Source.CLAIM;
    commands.record(
        new Command(
            kind,
            ofClaim ? null : document.number(),
            matter.isPayment() ? document.place() : null,
            ofClaim ? Long.valueOf(document.number()) : claim,
            matter.id(),
            detail));
    Set<UUID> patients = new HashSet<>(others);
    patients.addAll(patients(document));
    audit.record(Action.CHANGE, Subject.of(Exceptions.SUBJECT, matter.id()), patients);
  }

  /** Whose data a document is. */
  private List<UUID> patients(Document document) {
    return switch (document.source()) {
      case CLAIM ->
          sql.sql("select patient_id from claim where number = ?")
              .param(document.number())
              .query(UUID.class)
              .list();
      case PAYMENT ->
          sql.sql(
                  """
                  select patient_id from claim_payment where remittance_number = ? and ordinal = ?
                  """)
              .params(document.number(), document.place())
              .query(UUID.class)
              .list();
      case PROVIDER_ADJUSTMENT, CHECK, PATIENT_PAYMENT, REFUND, WRITE_OFF -> List.of();
    };
  }
}
