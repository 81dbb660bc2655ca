package org.openrcm.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;

/**
 * What stands between an account and a bill, a call or a letter, as a Flag: that there is
 * something, of which kind, and since when. Who a lawyer is, an address and what the office noted
 * are not in it.
 */
final class AccountFlags {
  private AccountFlags() {}

  /**
   * A flag of an account, or a notice of how somebody may be reached.
   *
   * @param account its id
   * @param claim the id of the one visit that it is about; null for the account as a whole
   * @param contact whether it is a notice, of which {@code noted} and {@code lifted} tell; of a
   *     flag {@code raised} and {@code ended}
   * @param ended the first day on which nobody holds it up any more, or the last on which it holds
   *     by itself
   */
  record Raised(
      UUID id,
      UUID account,
      @Nullable UUID claim,
      boolean contact,
      String kind,
      String status,
      @Nullable LocalDate raised,
      @Nullable LocalDate ended,
      @Nullable Instant noted,
      @Nullable Instant lifted,
      Instant changed) {}

  /**
   * A flag; FHIR wants a subject.
   *
   * @param patient null for an account without a claim
   */
  static Flag of(Raised from, @Nullable Reference patient) {
    Flag flag = new Flag();
    flag.setId(ContentId.text(from.id()));
    flag.getMeta().addProfile(Systems.FLAG_PROFILE);
    flag.getMeta().setLastUpdatedElement(Elements.instant(from.changed()));
    flag.addExtension(
        Systems.FLAGGED_ACCOUNT_EXTENSION,
        Elements.reference("Account", ContentId.text(from.account())));
    if (from.claim() != null) {
      flag.addExtension(
          new Extension(
              Systems.FLAGGED_VISIT_EXTENSION,
              Elements.reference("Claim", ContentId.text(from.claim()))));
    }
    flag.setStatus(FlagStatus.fromCode(from.status()));
    flag.addCategory(
        Elements.concept(Systems.FLAG_CATEGORY, from.contact() ? "contact" : "billing"));
    flag.setCode(
        Elements.concept(
            from.contact() ? Systems.CONTACT_NOTICE : Systems.ACCOUNT_FLAG,
            CollectionTasks.slug(from.kind())));
    flag.setSubject(patient == null ? Elements.absent(new Reference()) : patient);
    flag.setPeriod(period(from));
    return flag;
  }

  private static Period period(Raised from) {
    Period period = new Period();
    if (from.noted() != null) {
      period.setStartElement(ExceptionTasks.moment(from.noted()));
    }
    if (from.lifted() != null) {
      period.setEndElement(ExceptionTasks.moment(from.lifted()));
    }
    if (from.raised() != null) {
      period.setStartElement(new DateTimeType(from.raised().toString()));
    }
    if (from.ended() != null) {
      period.setEndElement(new DateTimeType(from.ended().toString()));
    }
    return period;
  }
}
