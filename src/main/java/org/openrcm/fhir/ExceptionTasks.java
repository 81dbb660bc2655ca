package org.openrcm.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;

/** An exception of posting as a Task: what is the matter with what, and who sees to it. */
final class ExceptionTasks {
  /** Of the number that a member of the staff has here. */
  static final String URI = "urn:ietf:rfc:3986";

  static final String UUID_URI = "urn:uuid:";

  private static final CodeableConcept AT_STAKE =
      Elements.concept(Systems.EXCEPTION_INPUT, "amount-at-stake");
  private static final Amounts AMOUNTS = Amounts.in(null, new Elements());

  private ExceptionTasks() {}

  /**
   * An exception as the database has it.
   *
   * @param state OPEN; CLOSED by somebody; SOLVED when its cause is gone
   * @param note of whoever closed it
   */
  record Exceptional(
      UUID id,
      Trouble type,
      Money amount,
      Instant opened,
      Instant changed,
      String state,
      @Nullable UUID ownerId,
      @Nullable String ownerName,
      @Nullable Instant closed,
      @Nullable String closedBy,
      @Nullable String note) {}

  /**
   * A task.
   *
   * @param focus what it is about
   * @param patient null when it is about none
   */
  static Task of(Exceptional from, Reference focus, @Nullable Reference patient) {
    Task task = new Task();
    task.setId(ContentId.text(from.id()));
    task.getMeta().addProfile(Systems.TASK_PROFILE);
    task.getMeta().setLastUpdatedElement(Elements.instant(from.changed()));
    task.setStatus(status(from));
    task.setIntent(Task.TaskIntent.ORDER);
    task.setCode(
        Elements.concept(Systems.POSTING_EXCEPTION, from.type().slug())
            .setText(from.type().next()));
    task.setDescription(from.type().advice());
    task.setFocus(focus);
    if (patient != null) {
      task.setFor(patient);
    }
    task.setAuthoredOnElement(moment(from.opened()));
    task.setLastModifiedElement(moment(from.changed()));
    UUID owner = from.ownerId();
    if (owner != null) {
      task.setOwner(owner(owner, from.ownerName()));
    }
    task.setReasonCode(
        Elements.concept(Systems.POSTING_EXCEPTION, from.type().slug())
            .setText(from.type().words()));
    note(from, task);
    task.addInput().setType(AT_STAKE).setValue(AMOUNTS.money(from.amount()));
    return task;
  }

  private static TaskStatus status(Exceptional from) {
    return switch (from.state()) {
      case "SOLVED" -> TaskStatus.COMPLETED;
      case "CLOSED" -> TaskStatus.CANCELLED;
      default -> from.ownerId() == null ? TaskStatus.REQUESTED : TaskStatus.INPROGRESS;
    };
  }

  /** Staff are no resources here. */
  static Reference owner(UUID id, @Nullable String name) {
    Reference owner = new Reference().setType("Practitioner");
    owner.setIdentifier(Elements.identifier(URI, UUID_URI + id));
    if (name != null) {
      owner.setDisplay(name);
    }
    return owner;
  }

  private static void note(Exceptional from, Task task) {
    String text = from.note();
    if (text != null && !text.isEmpty()) {
      Annotation note = task.addNote();
      if (from.closedBy() != null) {
        note.setAuthor(new StringType(from.closedBy()));
      }
      if (from.closed() != null) {
        note.setTimeElement(moment(from.closed()));
      }
      note.setText(text);
    }
  }

  static DateTimeType moment(Instant instant) {
    DateTimeType moment = new DateTimeType();
    moment.setValue(Date.from(instant), TemporalPrecisionEnum.MILLI);
    moment.setTimeZoneZulu(true);
    return moment;
  }
}
