package org.openrcm.remittance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;

/**
 * Everybody that a claim names, in the parts they play, with their ids.
 *
 * @param patient NM1*QC, or the insured where no patient is named apart
 * @param corrected NM1*74 where it corrects the patient, null where it corrects the insured
 * @param insured NM1*IL: who holds the policy, null when that is the patient
 * @param memberId of the subscriber, as corrected
 * @param coverageId of the coverage that paid
 * @param rendering NM1*82
 * @param others coverages besides the one that paid: of the payer that the claim was passed on to
 *     (NM1*TT), and of the one that should have been billed first (NM1*PR, GB)
 */
public record ClaimParties(
    Person patient,
    @Nullable Person corrected,
    String patientId,
    @Nullable Insured insured,
    @Nullable String memberId,
    String coverageId,
    @Nullable Person rendering,
    @Nullable String renderingId,
    List<OtherCoverage> others) {

  private static final Person NOBODY = new Person("QC", false, null, null, null, null, null, null);

  /**
   * Who holds a policy: NM1*IL or GB.
   *
   * @param corrected NM1*74, or null
   * @param payerId of the payer whose member number it is, empty when not known
   * @param id of the Patient, or of the Organization where a company holds it
   */
  public record Insured(Person person, @Nullable Person corrected, String payerId, String id) {

    static Insured of(Person person, @Nullable Person corrected, String payerId) {
      String id =
          person.organization()
              ? Identities.policyHolderId(person, corrected)
              : Identities.patientId(person, corrected, payerId);
      return new Insured(person, corrected, payerId, id);
    }
  }

  /**
   * A coverage with another payer.
   *
   * @param payer null when only its subscriber is named
   * @param payerId empty when there is no payer
   */
  public record OtherCoverage(
      String id, @Nullable Person payer, String payerId, @Nullable Insured insured) {}

  /**
   * The parties of a claim.
   *
   * @param payerId of the check's payer
   */
  public static ClaimParties of(ClaimPayment claim, String payerId) {
    Person insured = claim.person("IL");
    Person patient = claim.person("QC");
    if (patient == null) {
      patient = insured == null ? NOBODY : insured;
    }
    Person corrected = claim.person("74");
    // NM1*74 corrects the subscriber where one is named apart from the patient
    boolean correctsInsured = insured != null && corrected != null && corrected.id() != null;
    Person ofPatient = correctsInsured ? null : corrected;
    String patientId = Identities.patientId(patient, ofPatient, payerId);
    Insured holder =
        insured == null ? null : Insured.of(insured, correctsInsured ? corrected : null, payerId);
    String memberId = insured == null ? patient.id() : insured.id();
    if (corrected != null && corrected.id() != null) {
      memberId = corrected.id();
    }
    Person rendering = claim.person("82");
    return new ClaimParties(
        patient,
        ofPatient,
        patientId,
        holder,
        memberId,
        Identities.coverageId(
            patientId, holder == null ? null : holder.id(), payerId, claim.filingIndicator()),
        rendering,
        rendering == null ? null : Identities.providerId(rendering),
        others(claim, patientId));
  }

  private static List<OtherCoverage> others(ClaimPayment claim, String patientId) {
    List<OtherCoverage> others = new ArrayList<>(2);
    other(patientId, claim.person("TT"), null, others);
    other(patientId, claim.person("PR"), claim.person("GB"), others);
    return List.copyOf(others);
  }

  private static void other(
      String patientId,
      @Nullable Person payer,
      @Nullable Person subscriber,
      List<OtherCoverage> into) {
    if (payer == null && subscriber == null) {
      return;
    }
    String payerId = payer == null ? "" : Identities.providerId(payer);
    Insured insured = subscriber == null ? null : Insured.of(subscriber, null, payerId);
    String id =
        Identities.otherCoverageId(patientId, payerId, insured == null ? null : insured.id());
    into.add(new OtherCoverage(id, payer, payerId, insured));
  }
}
