package org.openrcm.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.money.Money;

/**
 * An entry of the collections queue as a Task: on which account something is to be asked for, how
 * it stands in the queue and why, or why it is not in it. It has no visit, service or diagnosis.
 *
 * <p>The status is FHIR's TaskStatus by its definitions: {@code requested} for whoever is next,
 * {@code ready} where it is one collector's, {@code in-progress} while somebody holds it, {@code
 * on-hold} until the day to which it was laid aside. Out of the queue it is {@code draft} (not yet
 * ready to be acted upon) until all reminders were sent, {@code completed} when nothing is owed
 * that was ever asked for, and {@code cancelled} (not completed) where a rule forbids to ask. An
 * account may come back from each of them. The database says which it is (view {@code task}), as it
 * is searched by there.
 */
final class CollectionTasks {
  static final String COLLECT = "collect";

  private static final Amounts AMOUNTS = Amounts.in(null, new Elements());

  private CollectionTasks() {}

  /**
   * An entry as the database has it.
   *
   * @param account its id
   * @param status of FHIR's
   * @param made null for one that was made before that was kept
   * @param score null before it was worked out
   * @param reasons why it is not in the queue, names of rules; empty when it is
   * @param rests until the morning of which day; null when it does not
   * @param ownerId who holds it, or else the one collector that it is for; null for any
   */
  record Wanted(
      UUID id,
      UUID account,
      String status,
      Instant changed,
      @Nullable Instant made,
      Money owed,
      @Nullable Standing score,
      List<String> reasons,
      @Nullable LocalDate rests,
      @Nullable UUID ownerId,
      @Nullable String ownerName) {}

  /**
   * Where it stands in the queue.
   *
   * @param first whether it comes before all that are not
   * @param expected what is likely to be paid
   * @param perMinute of the work that it takes to ask, of so many seconds
   * @param parts what it was reckoned from, in words
   */
  record Standing(
      boolean first, Money expected, Money perMinute, int seconds, List<String> parts) {}

  /**
   * A task.
   *
   * @param patient null for an account without a claim
   */
  static Task of(Wanted from, @Nullable Reference patient) {
    Task task = new Task();
    task.setId(ContentId.text(from.id()));
    task.getMeta().addProfile(Systems.COLLECTION_TASK_PROFILE);
    task.getMeta().setLastUpdatedElement(Elements.instant(from.changed()));
    task.setStatus(TaskStatus.fromCode(from.status()));
    if (!from.reasons().isEmpty()) {
      task.setStatusReason(reason(from.reasons().get(0)));
    }
    task.setIntent(Task.TaskIntent.ORDER);
    task.setCode(Elements.concept(Systems.COLLECTION, COLLECT));
    task.setDescription("Ask for what is owed on the account");
    task.setFocus(Elements.reference("Account", ContentId.text(from.account())));
    if (patient != null) {
      task.setFor(patient);
    }
    if (from.made() != null) {
      task.setAuthoredOnElement(ExceptionTasks.moment(from.made()));
    }
    task.setLastModifiedElement(ExceptionTasks.moment(from.changed()));
    UUID owner = from.ownerId();
    if (owner != null) {
      task.setOwner(ExceptionTasks.owner(owner, from.ownerName()));
    }
    inputs(from, task);
    return task;
  }

  private static void inputs(Wanted from, Task task) {
    input("amount-owed", AMOUNTS.money(from.owed()), task);
    Standing score = from.score();
    if (score != null) {
      task.setPriority(score.first() ? TaskPriority.URGENT : TaskPriority.ROUTINE);
      input("expected-recovery", AMOUNTS.money(score.expected()), task);
      Duration work = new Duration();
      work.setValue(score.seconds()).setUnit("s").setSystem(Systems.UCUM).setCode("s");
      input("work", work, task);
      input("recovery-per-minute", AMOUNTS.money(score.perMinute()), task);
      score.parts().forEach(part -> input("part-of-score", new StringType(part), task));
    }
    from.reasons().forEach(reason -> input("why-not", reason(reason), task));
    if (from.rests() != null) {
      input("rests-until", new DateType(from.rests().toString()), task);
    }
  }

  private static void input(String code, Type value, Task task) {
    task.addInput().setType(Elements.concept(Systems.COLLECTION, code)).setValue(value);
  }

  private static CodeableConcept reason(String rule) {
    return Elements.concept(Systems.COLLECTION_REASON, slug(rule));
  }

  /** A name of ours as a code, such as {@code never-while-disputed}. */
  static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
