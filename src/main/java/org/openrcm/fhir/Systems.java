package org.openrcm.fhir;

/** URIs of code systems, identifier systems, profiles and extensions. */
final class Systems {
  static final String OURS = "http://openrcm.org/fhir/";
  static final String PROFILE = OURS + "StructureDefinition/";

  static final String EOB_PROFILE = PROFILE + "remittance-explanation-of-benefit";
  static final String CLAIM_PROFILE = PROFILE + "billed-claim";
  static final String CLAIM_RESPONSE_PROFILE = PROFILE + "remittance-claim-response";
  static final String PAYMENT_PROFILE = PROFILE + "remittance-payment-reconciliation";
  static final String TASK_PROFILE = PROFILE + "exception-task";
  static final String COLLECTION_TASK_PROFILE = PROFILE + "collection-task";
  static final String COMMUNICATION_PROFILE = PROFILE + "contact-communication";
  static final String FLAG_PROFILE = PROFILE + "account-flag";
  static final String ACCOUNT_PROFILE = PROFILE + "patient-account";
  static final String INVOICE_PROFILE = PROFILE + "statement-invoice";
  static final String DOCUMENT_PROFILE = PROFILE + "statement-document";
  static final String NOTICE_PROFILE = PROFILE + "patient-payment-notice";
  static final String AUDIT_PROFILE = PROFILE + "audit-entry";

  /** Of IHE's Basic Audit Log Patterns; the name of a pattern follows. */
  static final String BALP_PROFILE =
      "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

  static final String US_CORE_DOCUMENT =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference";

  static final String ADJUSTMENT_GROUP_EXTENSION = PROFILE + "adjustment-group";
  static final String CLAIM_STATUS_EXTENSION = PROFILE + "claim-status";
  static final String REFERENCE_EXTENSION = PROFILE + "reference";
  static final String CONTACT_EXTENSION = PROFILE + "claim-contact";
  static final String SUBMITTED_PROCEDURE_EXTENSION = PROFILE + "submitted-procedure";
  static final String UNMAPPED_EXTENSION = PROFILE + "unmapped-segment";
  static final String PAYMENT_INSTRUCTION_EXTENSION = PROFILE + "payment-instruction";
  static final String EXCHANGE_RATE_EXTENSION = PROFILE + "exchange-rate";
  static final String CLAIM_GROUP_EXTENSION = PROFILE + "claim-group";
  static final String CLAIM_GROUP_NUMBER_EXTENSION = PROFILE + "claim-group-number";
  static final String ADJUSTED_PROVIDER_EXTENSION = PROFILE + "adjusted-provider";
  static final String FISCAL_PERIOD_EXTENSION = PROFILE + "fiscal-period-end";
  static final String SUBMISSION_EXTENSION = PROFILE + "claim-submission";
  static final String PAY_TO_EXTENSION = PROFILE + "pay-to-address";
  static final String PART_EXTENSION = PROFILE + "part";
  static final String SEGMENT_RANGE_EXTENSION = PROFILE + "segment-range";
  static final String BALANCE_EXTENSION = PROFILE + "account-balance";
  static final String POSTING_STATE_EXTENSION = PROFILE + "posting-state";
  static final String PAYMENT_DUE_EXTENSION = PROFILE + "payment-due";
  static final String BALANCE_FORWARD_EXTENSION = PROFILE + "balance-forward";
  static final String BILLED_VISIT_EXTENSION = PROFILE + "billed-visit";
  static final String BILLED_LINE_EXTENSION = PROFILE + "billed-line";
  static final String FLAGGED_ACCOUNT_EXTENSION = PROFILE + "flagged-account";
  static final String FLAGGED_VISIT_EXTENSION = PROFILE + "flagged-visit";
  static final String PATIENT_PAYMENT_EXTENSION = PROFILE + "patient-payment";

  static final String ADJUSTMENT_GROUP = OURS + "CodeSystem/adjustment-group";
  static final String CLAIM_STATUS = OURS + "CodeSystem/claim-status";
  static final String PROVIDER_ADJUSTMENT = OURS + "CodeSystem/provider-adjustment-reason";
  static final String CLAIM_INFORMATION = OURS + "CodeSystem/claim-information";
  static final String REMITTANCE = OURS + "CodeSystem/remittance";
  static final String POSTING_EXCEPTION = OURS + "CodeSystem/posting-exception";
  static final String EXCEPTION_INPUT = OURS + "CodeSystem/exception-input";
  static final String COLLECTION = OURS + "CodeSystem/collection";
  static final String COLLECTION_REASON = OURS + "CodeSystem/collection-reason";
  static final String CONTACT_CHANNEL = OURS + "CodeSystem/contact-channel";
  static final String CONTACT_OUTCOME = OURS + "CodeSystem/contact-outcome";
  static final String CONTACT_PURPOSE = OURS + "CodeSystem/contact-purpose";
  static final String LETTER_STAGE = OURS + "CodeSystem/letter-stage";
  static final String ACCOUNT_FLAG = OURS + "CodeSystem/account-flag";
  static final String CONTACT_NOTICE = OURS + "CodeSystem/contact-notice";
  static final String FLAG_CATEGORY = OURS + "CodeSystem/flag-category";
  static final String POSTING_STATE = OURS + "CodeSystem/posting-state";
  static final String PATIENT_BILL = OURS + "CodeSystem/patient-bill";

  static final String BALP_ENTITY_TYPE =
      "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
  static final String AUDIT_EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  static final String AUDIT_ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  static final String AUDIT_SOURCE_TYPE =
      "http://terminology.hl7.org/CodeSystem/security-source-type";
  static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  static final String RESTFUL_INTERACTION = "http://hl7.org/fhir/restful-interaction";
  static final String RECORD_LIFECYCLE =
      "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
  static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  static final String PROVENANCE_PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  static final String PARTICIPATION_TYPE =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  static final String PARTICIPATION_MODE =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";
  static final String DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
  static final String CARC = "https://x12.org/codes/claim-adjustment-reason-codes";
  static final String RARC = "https://x12.org/codes/remittance-advice-remark-codes";
  static final String NCPDP = "http://terminology.hl7.org/CodeSystem/NCPDPRejectCode";
  static final String HL7_ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication";
  static final String CLAIM_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type";
  static final String PAYMENT_STATUS = "http://terminology.hl7.org/CodeSystem/paymentstatus";
  static final String NULL_FLAVOR = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
  static final String PAYMENT_TYPE = "http://terminology.hl7.org/CodeSystem/payment-type";
  static final String PAYEE_TYPE = "http://terminology.hl7.org/CodeSystem/payeetype";
  static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
  static final String RELATED_CLAIM =
      "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship";
  static final String CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/";
  static final String C4BB_ADJUDICATION = CARIN + "C4BBAdjudication";
  static final String C4BB_DISCRIMINATOR = CARIN + "C4BBAdjudicationDiscriminator";
  static final String C4BB_IDENTIFIER = CARIN + "C4BBIdentifierType";
  static final String C4BB_SUPPORTING_INFO = CARIN + "C4BBSupportingInfoType";
  static final String C4BB_CARE_TEAM = CARIN + "C4BBClaimCareTeamRole";
  static final String C4BB_DIAGNOSIS = CARIN + "C4BBClaimDiagnosisType";
  static final String C4BB_PROCEDURE = CARIN + "C4BBClaimProcedureType";
  static final String C4BB_SUBTYPE = CARIN + "C4BBInstitutionalClaimSubType";
  static final String C4BB_SURFACE = CARIN + "C4BBSurfaceCodes";
  static final String C4BB_STATUS = CARIN + "C4BBPayerAdjudicationStatus";

  static final String CPT = "http://www.ama-assn.org/go/cpt";
  static final String HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
  static final String HIPPS =
      "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/ProspMedicareFeeSvcPmtGen/"
          + "HIPPSCodes";
  static final String CDT = "http://www.ada.org/cdt";
  static final String NDC = "http://hl7.org/fhir/sid/ndc";
  static final String REVENUE = "https://www.nubc.org/CodeSystem/RevenueCodes";
  static final String TYPE_OF_BILL = "https://www.nubc.org/CodeSystem/TypeOfBill";
  static final String PLACE_OF_SERVICE =
      "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set";
  static final String DRG =
      "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/"
          + "MS-DRG-Classifications-and-Software";

  static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10-cm";
  static final String ICD_9 = "http://terminology.hl7.org/CodeSystem/icd9";
  static final String ICD_10_PROCEDURES = "http://www.cms.gov/Medicare/Coding/ICD10";
  static final String ICD_9_PROCEDURES = "http://www.cms.gov/Medicare/Coding/ICD9";
  static final String NUBC = "https://www.nubc.org/CodeSystem/";
  static final String TOOTH =
      "http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem";
  static final String MOUTH_AREA = "http://terminology.hl7.org/CodeSystem/ADAAreaOralCavitySystem";
  static final String TAXONOMY = "http://nucc.org/provider-taxonomy";
  static final String DIAGNOSIS_TYPE = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype";
  static final String CARE_TEAM = "http://terminology.hl7.org/CodeSystem/claimcareteamrole";
  static final String ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
  static final String UCUM = "http://unitsofmeasure.org";
  static final String CURRENCY = "urn:iso:std:iso:4217";

  static final String NPI = "http://hl7.org/fhir/sid/us-npi";
  static final String SSN = "http://hl7.org/fhir/sid/us-ssn";
  static final String TAX_ID = "urn:oid:2.16.840.1.113883.4.4";
  static final String NAIC = "urn:oid:2.16.840.1.113883.6.300";

  private Systems() {}

  /** The codes of an X12 data element, such as 128 for reference qualifiers. */
  static String x12(int dataElement) {
    return "https://codesystem.x12.org/005010/" + dataElement;
  }
}
