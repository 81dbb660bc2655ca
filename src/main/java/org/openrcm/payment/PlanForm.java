package org.openrcm.payment;

import java.time.LocalDate;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/** The form by which a plan is agreed on, as typed. */
record PlanForm(String total, String instalments, String first, String key) {

  static PlanForm empty(String total, LocalDate first) {
    return new PlanForm(total, "3", first.toString(), "");
  }

  static PlanForm of(MultiValueMap<String, String> sent) {
    return new PlanForm(
        TakeForm.value(sent, "total"),
        TakeForm.value(sent, "instalments"),
        TakeForm.value(sent, "first"),
        TakeForm.value(sent, "key"));
  }

  int count() {
    return instalments.matches("\\d{1,4}") ? Integer.parseInt(instalments) : 0;
  }

  /** At which field a refusal stands. */
  static Map<String, String> at(Refused refused) {
    String field =
        switch (refused.reason()) {
          case TOO_MANY_INSTALMENTS, NO_INSTALMENTS -> "instalments";
          case FIRST_DUE_TOO_EARLY, FIRST_DUE_TOO_LATE -> "first";
          default -> "total";
        };
    return Map.of(field, refused.words());
  }
}
