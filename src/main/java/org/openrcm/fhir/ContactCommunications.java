package org.openrcm.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;

/**
 * A contact of the log as a Communication: by which way, why, with whom, and what came of it. It
 * has no number or address, and never what was said: no payload. What the office noted of it is
 * there for whoever has a scope for that ({@link Access#mayReadNotes}).
 *
 * <p>A letter that was printed is a contact of the log, once: its Communication has its number and
 * what made it necessary besides.
 */
final class ContactCommunications {
  /** What came of contacts that took place; all others did not. */
  static final List<String> COMPLETED =
      List.of("SPOKE", "LEFT_MESSAGE", "DECLINED", "SENT", "RECEIVED");

  /** HL7's ParticipationMode of each channel. */
  static final Map<String, String> MEDIUMS =
      Map.of(
          "CALL", "PHONE",
          "TEXT", "SMSWRIT",
          "EMAIL", "EMAILWRIT",
          "MAIL", "MAILWRIT",
          "PORTAL", "ELECTRONIC");

  static final String OUT = "OUT";

  private static final CodeableConcept LETTER_NUMBER =
      Elements.concept(Systems.PATIENT_BILL, "letter-number");

  /** Who is reached, in words: only the patient is a resource here. */
  private static final Map<String, String> PARTIES =
      Map.of(
          "PAYER", "Who pays",
          "LAWYER", "Their lawyer",
          "ESTATE", "The estate",
          "OTHER", "Somebody else");

  private ContactCommunications() {}

  /**
   * A contact as the database has it: names of channels, directions, outcomes, purposes and parties
   * are those of the module {@code contact}.
   *
   * @param account its id
   * @param guaranteed whether somebody else than the patient pays
   * @param letter the number of the letter that it was; null where it was none
   * @param stage what made the letter necessary
   */
  record Logged(
      UUID id,
      UUID account,
      boolean guaranteed,
      String channel,
      String direction,
      String outcome,
      String purpose,
      String party,
      Instant at,
      Instant noted,
      String notedBy,
      String note,
      @Nullable Long letter,
      @Nullable String stage) {}

  /**
   * A communication.
   *
   * @param patient null for an account without a claim
   * @param practice the name of who asks for the money
   * @param withNote whether what the office noted may be shown
   */
  static Communication of(
      Logged from, @Nullable Reference patient, String practice, boolean withNote) {
    Communication communication = new Communication();
    communication.setId(ContentId.text(from.id()));
    communication.getMeta().addProfile(Systems.COMMUNICATION_PROFILE);
    communication.getMeta().setLastUpdatedElement(Elements.instant(from.noted()));
    communication.setStatus(
        COMPLETED.contains(from.outcome())
            ? CommunicationStatus.COMPLETED
            : CommunicationStatus.NOTDONE);
    communication.setStatusReason(coded(Systems.CONTACT_OUTCOME, from.outcome()));
    communication.addCategory(coded(Systems.CONTACT_CHANNEL, from.channel()));
    String medium = MEDIUMS.get(from.channel());
    if (medium != null) {
      communication.addMedium(Elements.concept(Systems.PARTICIPATION_MODE, medium));
    }
    communication.addReasonCode(coded(Systems.CONTACT_PURPOSE, from.purpose()));
    communication.addAbout(Elements.reference("Account", ContentId.text(from.account())));
    if (patient != null) {
      communication.setSubject(patient);
    }
    parties(from, patient, practice, communication);
    if (from.letter() != null) {
      communication.addIdentifier(
          Elements.identifier(null, from.letter().toString()).setType(LETTER_NUMBER));
    }
    if (from.stage() != null) {
      communication.setTopic(coded(Systems.LETTER_STAGE, from.stage()));
    }
    if (withNote && !from.note().isEmpty()) {
      Annotation note = communication.addNote();
      note.setAuthor(new StringType(from.notedBy()));
      note.setTimeElement(ExceptionTasks.moment(from.noted()));
      note.setText(from.note());
    }
    return communication;
  }

  private static void parties(
      Logged from, @Nullable Reference patient, String practice, Communication communication) {
    Reference us = PaymentNotices.practice(practice, communication);
    Reference them = them(from, patient);
    if (from.direction().equals(OUT)) {
      communication.setSender(us);
      communication.addRecipient(them);
      communication.setSentElement(ExceptionTasks.moment(from.at()));
    } else {
      communication.setSender(them);
      communication.addRecipient(us);
      communication.setReceivedElement(ExceptionTasks.moment(from.at()));
    }
  }

  private static Reference them(Logged from, @Nullable Reference patient) {
    String words = PARTIES.getOrDefault(from.party(), "");
    Reference them =
        from.party().equals("PAYER") && !from.guaranteed() && patient != null
            ? patient.copy()
            : new Reference();
    them.setDisplay(words);
    return them;
  }

  private static CodeableConcept coded(String system, String name) {
    return Elements.concept(system, CollectionTasks.slug(name));
  }
}
