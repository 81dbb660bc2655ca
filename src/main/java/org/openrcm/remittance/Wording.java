package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.Person;
import org.openrcm.money.Money;

/** How a remittance is put in words for people, on paper and on pages. */
public final class Wording {
  private static final CodeList GROUPS = CodeList.load("claim-adjustment-group");
  private static final CodeList REASONS = CodeList.load("claim-adjustment-reason");
  private static final CodeList REMARKS = CodeList.load("remittance-advice-remark");
  private static final CodeList STATUSES = CodeList.load("claim-status");
  private static final CodeList METHODS = CodeList.load("payment-method");
  private static final CodeList PROVIDER_REASONS = CodeList.load("provider-adjustment-reason");
  private static final int ZIP_AND_FOUR = 9;
  private static final int ZIP = 5;

  private final @Nullable LocalDate day;

  private Wording(@Nullable LocalDate day) {
    this.day = day;
  }

  /** Words as they hold on the day of the check. */
  public static Wording of(Remittance remittance) {
    return new Wording(day(remittance));
  }

  /** The day of the payment, or on which the payer wrote it. */
  public static @Nullable LocalDate day(Remittance remittance) {
    LocalDate paid = remittance.payment().date();
    return paid == null ? remittance.productionDate() : paid;
  }

  private @Nullable String words(CodeList list, String code) {
    return list.words(code, day).or(() -> list.words(code, null)).orElse(null);
  }

  /** The address of a segment's place in its file; the segment is not before the byte. */
  public static String source(UUID file, long byteOffset, long segment) {
    return "/files/%s/raw?at=%d&segment=%d#s%d"
        .formatted(file, Math.max(0, byteOffset), segment, segment);
  }

  /** BPR04; the code itself where it has no words. */
  public String method(String code) {
    String words = words(METHODS, code);
    return words == null ? code : words;
  }

  /** CLP02. */
  public String status(ClaimPayment claim) {
    String words = words(STATUSES, claim.status());
    return words == null ? "Status " + claim.status() : words;
  }

  /** Why, and who bears it. */
  public String adjustment(Adjustment adjustment) {
    String why = words(REASONS, adjustment.carc());
    String who = words(GROUPS, adjustment.group());
    return (why == null ? "no words for this reason" : why)
        + (who == null ? "" : "; " + lower(who));
  }

  private static String lower(String words) {
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  /** A remark of a service line; codes of lists other than remark codes have no words of ours. */
  public @Nullable String remark(ServicePayment.Remark remark) {
    return remark.list().equals("HE")
        ? words(REMARKS, remark.code())
        : "code of list " + remark.list();
  }

  /** A remark of a claim as a whole. */
  public @Nullable String remark(String code) {
    return words(REMARKS, code);
  }

  /** Why, and the number by which it is followed from check to check. */
  public String providerAdjustment(ProviderAdjustment adjustment) {
    String why = words(PROVIDER_REASONS, adjustment.reason());
    String reference = adjustment.reference() == null ? "" : "  " + adjustment.reference();
    return (why == null ? "" : why) + reference;
  }

  /** What was done: revenue code, procedure with modifiers, units. */
  public static String service(ServicePayment line) {
    StringBuilder text = new StringBuilder();
    if (line.revenueCode() != null) {
      text.append("rev ").append(line.revenueCode()).append(' ');
    }
    if (line.procedure().qualifier().equals("NU")) {
      text.append("rev ");
    }
    text.append(line.procedure().code());
    line.procedure().modifiers().forEach(modifier -> text.append('-').append(modifier));
    if (line.unitsPaid() != null) {
      text.append("  x ").append(line.unitsPaid().toPlainString());
    }
    return text.toString();
  }

  /** What of these adjustments the patient owes. */
  public static Money toPatient(List<Adjustment> adjustments) {
    Money sum = Money.ZERO;
    for (Adjustment adjustment : adjustments) {
      if (adjustment.isPatientResponsibility()) {
        sum = sum.plus(adjustment.amount());
      }
    }
    return sum;
  }

  public static String name(Party party) {
    return party.name() == null ? "(no name)" : party.name();
  }

  /** With a comma before it, to come after a name; empty where there is none. */
  public static String number(Party party) {
    String id = party.id();
    return id == null ? "" : ("XX".equals(party.idQualifier()) ? ", NPI " : ", ") + id;
  }

  /** Last and first name, as lists have it. */
  public static String shortName(Person person) {
    String last = person.lastName() == null ? "" : person.lastName();
    return person.firstName() == null ? last : last + ", " + person.firstName();
  }

  public static String name(Person person) {
    StringBuilder text = new StringBuilder(shortName(person));
    if (person.middleName() != null) {
      text.append(' ').append(person.middleName());
    }
    if (person.id() != null) {
      text.append("  member ").append(person.id());
    }
    return text.toString();
  }

  /** On one line. */
  public static String address(Party party) {
    Address address = party.address();
    if (address == null) {
      return "";
    }
    List<String> parts = new ArrayList<>(address.lines());
    StringBuilder place = new StringBuilder();
    for (String part :
        new @Nullable String[] {address.city(), address.state(), zip(address.postalCode())}) {
      if (part != null) {
        place.append(place.length() == 0 ? "" : " ").append(part);
      }
    }
    if (place.length() > 0) {
      parts.add(place.toString());
    }
    return String.join(", ", parts);
  }

  /** ZIP+4 is sent without its hyphen. */
  private static @Nullable String zip(@Nullable String code) {
    return code != null
            && code.length() == ZIP_AND_FOUR
            && code.chars().allMatch(c -> c >= '0' && c <= '9')
        ? code.substring(0, ZIP) + "-" + code.substring(ZIP)
        : code;
  }
}
