package org.openrcm.fhir;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.statement.SentStatement;

/** The paper of a statement: what there is to know of it, and its bytes. */
final class StatementDocuments {
  static final String PDF = "application/pdf";

  /** Of identifiers that are URIs. */
  private static final String URI = "urn:ietf:rfc:3986";

  /**
   * US Core wants a code of LOINC's, and we know of none for a bill, or this one alone. What it is
   * says the category.
   */
  private static final CodeableConcept TYPE =
      Elements.concept(Systems.NULL_FLAVOR, "UNK").setText("Patient statement");

  private static final CodeableConcept CATEGORY =
      Elements.concept(Systems.PATIENT_BILL, "statement");

  private StatementDocuments() {}

  /**
   * What there is to know of it.
   *
   * @param patient the id of the Patient whose visits are on it; null when none can be read here,
   *     and then it is none of US Core's, which wants one
   */
  static DocumentReference of(SentStatement sent, @Nullable UUID patient) {
    DocumentReference document = new DocumentReference();
    document.setId(ContentId.text(sent.id()));
    document.getMeta().addProfile(Systems.DOCUMENT_PROFILE);
    if (patient != null) {
      document.getMeta().addProfile(Systems.US_CORE_DOCUMENT);
    }
    document.getMeta().setLastUpdatedElement(Elements.instant(sent.issuedAt()));
    document.setMasterIdentifier(Elements.identifier(URI, "urn:sha256:" + sent.pdf().sha256()));
    document.addIdentifier(StatementInvoices.number(sent));
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.setDocStatus(ReferredDocumentStatus.FINAL);
    document.setType(TYPE);
    document.addCategory(CATEGORY);
    document.setSubject(BillParties.subject(sent, patient, document));
    document.setDateElement(Elements.instant(sent.issuedAt()));
    Reference issuer = BillParties.issuer(sent, document);
    document.addAuthor(issuer);
    document.setCustodian(issuer);
    document.setDescription(sent.stage().title(sent.language()));
    document.addContent().setAttachment(attachment(sent));
    document.setContext(context(sent));
    return document;
  }

  private static Attachment attachment(SentStatement sent) {
    Attachment paper = new Attachment();
    paper.setContentType(PDF);
    paper.setLanguage(sent.language().tag());
    paper.setUrl("Binary/" + ContentId.text(sent.id()));
    paper.setSize(sent.pdf().size());
    paper.setTitle(sent.stage().title(sent.language()));
    paper.setCreationElement(new DateTimeType(sent.issued().toString()));
    return paper;
  }

  private static DocumentReferenceContextComponent context(SentStatement sent) {
    DocumentReferenceContextComponent context = new DocumentReferenceContextComponent();
    context.setPeriod(period(sent));
    context.addRelated(Elements.reference("Invoice", ContentId.text(sent.id())));
    context.addRelated(Elements.reference("Account", ContentId.text(sent.account())));
    return context;
  }

  /** From its first visit to its last. */
  private static Period period(SentStatement sent) {
    Period period = new Period();
    Stream<LocalDate> first = sent.visits().stream().map(SentStatement.Visit::from);
    Stream<LocalDate> last =
        sent.visits().stream()
            .map(visit -> Objects.requireNonNullElse(visit.until(), visit.from()));
    first
        .min(Comparator.naturalOrder())
        .ifPresent(day -> period.setStartElement(new DateTimeType(day.toString())));
    last.max(Comparator.naturalOrder())
        .ifPresent(day -> period.setEndElement(new DateTimeType(day.toString())));
    return period;
  }

  /** Its bytes. */
  static Binary binary(SentStatement sent, byte[] pdf) {
    Binary binary = new Binary();
    String id = ContentId.text(sent.id());
    binary.setId(id);
    binary.getMeta().setLastUpdatedElement(Elements.instant(sent.issuedAt()));
    binary.setContentType(PDF);
    binary.setSecurityContext(Elements.reference("DocumentReference", id));
    binary.setData(pdf);
    return binary;
  }
}
