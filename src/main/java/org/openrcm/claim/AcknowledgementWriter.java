package org.openrcm.claim;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes acknowledgements down, with the submissions that they answer. */
@Component
class AcknowledgementWriter {
  private static final String SUBJECT = "Acknowledgement";

  private final JdbcClient sql;
  private final AuditTrail audit;

  AcknowledgementWriter(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  /**
   * An acknowledgement, in the columns of its table.
   *
   * @param id made from its content
   * @param kind TA1, 999 or 277CA
   */
  record Row(
      UUID id,
      String kind,
      @Nullable String transactionSet,
      @Nullable String interchangeControl,
      @Nullable String groupControl,
      @Nullable String setControl,
      @Nullable String code,
      List<String> notes,
      LocalDate madeOn,
      long segment,
      long byteOffset) {}

  /** A submission that is answered. */
  record Answered(long number, UUID id, String file) {}

  static List<Long> numbers(List<Answered> answered) {
    return answered.stream().map(Answered::number).toList();
  }

  /**
   * The submissions that a TA1 or 999 answers. Control numbers start again: of several of the same
   * set the latest that was sent by then is meant.
   */
  List<Answered> answered(Row row) {
    return sql.sql(
            """
            select distinct on (set_control) number, id, file_name from submission
            where case :kind when 'TA1' then interchange_control = :interchange
              else group_control = :group and (:set::text is null or set_control = :set) end
            order by set_control, coalesce(submitted_on, loaded_at::date) <= :day desc, number desc
            """)
        .param("kind", row.kind())
        .param("interchange", row.interchangeControl())
        .param("group", row.groupControl())
        .param("set", row.setControl())
        .param("day", row.madeOn())
        .query(
            (found, index) ->
                answered(found.getLong(1), found.getObject(2, UUID.class), found.getString(3)))
        .list();
  }

  /** The submission whose BHT03 a 277CA names, the latest one. */
  List<Answered> ofBatch(@Nullable String reference) {
    return reference == null
        ? List.of()
        : sql.sql(
                """
                select number, id, file_name from submission where reference = ?
                order by number desc limit 1
                """)
            .param(reference)
            .query(
                (found, index) ->
                    answered(found.getLong(1), found.getObject(2, UUID.class), found.getString(3)))
            .list();
  }

  private static Answered answered(long number, UUID id, String file) {
    return new Answered(number, id, file);
  }

  List<String> controlNumbers(long submission) {
    return sql.sql("select patient_control_number from claim where submission_number = ?")
        .param(submission)
        .query(String.class)
        .list();
  }

  /**
   * Writes an acknowledgement, once for each submission that it answers.
   *
   * @return false when it was there already
   */
  boolean write(UUID fileId, Row row, List<Answered> answered) {
    if (answered.isEmpty()) {
      return insert(fileId, row, row.id(), null);
    }
    boolean fresh = false;
    for (Answered each : answered) {
      UUID id = answered.size() == 1 ? row.id() : ClaimEvents.Arrived.id(row.id(), each.id());
      fresh |= insert(fileId, row, id, each.number());
    }
    return fresh;
  }

  private boolean insert(UUID fileId, Row row, UUID id, @Nullable Long submission) {
    return sql.sql(
                """
                insert into acknowledgement (practice_id, number, id, kind, file_id,
                  transaction_set, interchange_control, group_control, set_control, code, notes,
                  made_on, segment, byte_offset, submission_number)
                values (?, nextval('acknowledgement_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (practice_id, id) do nothing
                """)
            .param(Actor.currentPractice())
            .param(id)
            .param(row.kind())
            .param(fileId)
            .param(row.transactionSet())
            .param(row.interchangeControl())
            .param(row.groupControl())
            .param(row.setControl())
            .param(row.code())
            .param(row.notes().toArray(String[]::new))
            .param(row.madeOn())
            .param(row.segment())
            .param(row.byteOffset())
            .param(submission)
            .update()
        == 1;
  }

  /**
   * Puts on record that a 277CA told of the patients of these claims. The offset has PostgreSQL
   * look each claim up: of a practice that is new to its statistics it would read all for each
   * event.
   */
  void record(UUID id, UUID fileId) {
    audit.record(
        Action.ADD,
        Subject.of(SUBJECT, id),
        sql.sql(
                """
                select distinct c.patient_id from claim_event e
                cross join lateral (
                  select patient_id from claim where number = e.claim_number offset 0) c
                where e.file_id = ?
                """)
            .param(fileId)
            .query(UUID.class)
            .list());
  }

  /** What it says and of what, in a sentence. */
  static String words(Row row, List<Answered> answered) {
    String of =
        switch (row.kind()) {
          case "TA1" -> "interchange " + row.interchangeControl();
          case "999" ->
              "group "
                  + row.groupControl()
                  + (row.setControl() == null ? "" : ", set " + row.setControl());
          default -> "a batch";
        };
    String says =
        row.code() == null
            ? String.join(", ", row.notes())
            : switch (Acceptance.ofCode(row.code())) {
              case ACCEPTED -> row.code().equals("E") ? "accepted with errors" : "accepted";
              case REJECTED -> "refused";
              case UNDECIDED -> "taken in part";
            };
    if (answered.isEmpty()) {
      return row.kind().equals("277CA")
          ? "Tells of claims: " + says + "."
          : "Answers something that was never sent from here (" + of + "): " + says + ".";
    }
    return "Answers " + of + " of " + answered.get(0).file() + ": " + says + ".";
  }
}
