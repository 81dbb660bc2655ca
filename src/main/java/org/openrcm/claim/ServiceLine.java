package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.money.Money;

/**
 * One service billed: loop 2400.
 *
 * @param number LX01
 * @param procedure SV101, SV202 or SV301; null where an institutional line has a revenue code only
 * @param revenueCode SV201
 * @param charged SV102, SV203, SV302
 * @param unit SV103, SV204: {@code UN} units, {@code MJ} minutes, {@code DA} days; null for dental
 * @param quantity SV104, SV205, SV306
 * @param facilityType SV105, SV303-1: place of service where it differs from the claim's
 * @param diagnosisPointers SV107, SV311: places in the claim's list of diagnoses, from 1
 * @param notCovered SV207
 * @param dental SV304 and SV305 and TOO, null but on dental lines
 * @param indicators SV109 emergency, SV111 EPSDT, SV112 family planning, SV115 copay, by their
 *     designators where they say anything
 * @param periods DTP
 * @param references REF; {@code 6R} is the line's control number
 * @param details segments that nothing reckons with
 * @param drug 2410, or null
 * @param providers 2420, where they differ from the claim's
 * @param decisions 2430
 * @param forms 2440: LQ and FRM
 * @param segment number of its LX in the transaction set
 */
public record ServiceLine(
    String number,
    @Nullable Procedure procedure,
    @Nullable String revenueCode,
    Money charged,
    @Nullable String unit,
    @Nullable BigDecimal quantity,
    @Nullable String facilityType,
    List<Integer> diagnosisPointers,
    @Nullable Money notCovered,
    @Nullable Dental dental,
    List<Indicator> indicators,
    List<Period> periods,
    List<Quantity> quantities,
    List<ClaimReference> references,
    List<Amount> amounts,
    List<Attachment> attachments,
    List<Note> notes,
    List<Detail> details,
    @Nullable Drug drug,
    List<Named> providers,
    List<LineDecision> decisions,
    List<Detail> forms,
    long segment) {

  /** An element that holds a code, by its designator, such as {@code SV109}. */
  public record Indicator(String designator, String code) {}

  /**
   * Where in the mouth.
   *
   * @param areas SV304
   * @param prosthesis SV305: {@code I} first, {@code R} replacement
   * @param teeth TOO
   */
  public record Dental(List<String> areas, @Nullable String prosthesis, List<Tooth> teeth) {}

  /** TOO: tooth number (universal numbering) and its surfaces. */
  public record Tooth(String number, List<String> surfaces) {}

  /**
   * 2410.
   *
   * @param qualifier LIN02, {@code N4} for a national drug code
   * @param code LIN03
   * @param quantity CTP04
   * @param unit CTP05-1
   * @param references REF: prescription or link number
   */
  public record Drug(
      String qualifier,
      String code,
      @Nullable BigDecimal quantity,
      @Nullable String unit,
      List<ClaimReference> references) {}

  /** REF*6R: what an 835 names the line by; null when not sent. */
  public @Nullable String controlNumber() {
    return ClaimReference.first(references, "6R");
  }

  /** The first DTP of this qualifier, or null. */
  public @Nullable Period period(String qualifier) {
    for (Period period : periods) {
      if (period.qualifier().equals(qualifier)) {
        return period;
      }
    }
    return null;
  }
}
