package org.openrcm.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;

/** What somebody typed to add a coverage; empty for nothing. */
record CoverageForm(
    String payerName,
    String payerId,
    String memberId,
    String group,
    String groupName,
    String relationship,
    String subscriberName) {

  static final CoverageForm EMPTY = new CoverageForm("", "", "", "", "", "18", "");

  private static final int LONGEST = 80;

  static CoverageForm of(Map<String, String> sent) {
    return new CoverageForm(
        value(sent, "payer_name"),
        value(sent, "payer_id"),
        value(sent, "member_id"),
        value(sent, "group_number"),
        value(sent, "group_name"),
        value(sent, "relationship"),
        value(sent, "subscriber_name"));
  }

  private static String value(Map<String, String> sent, String name) {
    return Clean.text(sent.getOrDefault(name, ""));
  }

  /** What of it cannot be used, by field, in words. */
  Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    if (payerName.isEmpty()) {
      troubles.put("payer_name", "Enter the insurer's name.");
    }
    if (memberId.isEmpty()) {
      troubles.put("member_id", "Enter the member number, as it is on the card.");
    }
    tooLong("payer_name", payerName, troubles);
    tooLong("payer_id", payerId, troubles);
    tooLong("member_id", memberId, troubles);
    tooLong("group_number", group, troubles);
    tooLong("group_name", groupName, troubles);
    tooLong("subscriber_name", subscriberName, troubles);
    if (!Coverage.RELATIONSHIPS.containsKey(relationship)) {
      troubles.put("relationship", "Choose one of the list.");
    }
    if (!relationship.equals("18") && subscriberName.isEmpty()) {
      troubles.put("subscriber_name", "Enter who holds the policy.");
    }
    return troubles;
  }

  private static void tooLong(String field, String value, Map<String, String> troubles) {
    if (value.length() > LONGEST) {
      troubles.put(field, "Use " + LONGEST + " characters or fewer here.");
    }
  }

  SeenCoverage typed() {
    return new SeenCoverage(
        1,
        payerName,
        orNull(payerId),
        memberId,
        orNull(group),
        orNull(groupName),
        null,
        relationship,
        orNull(subscriberName));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
