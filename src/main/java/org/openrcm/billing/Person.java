package org.openrcm.billing;

import org.jspecify.annotations.Nullable;

/**
 * NM1: a person or an organisation that a claim names.
 *
 * @param entity NM101: {@code QC} patient, {@code IL} subscriber, {@code 82} rendering provider ...
 * @param organization whether NM102 is 2
 * @param lastName NM103: last name, or the organisation's name
 * @param idQualifier NM108: {@code MI} member id, {@code XX} NPI ...
 * @param id NM109
 */
public record Person(
    String entity,
    boolean organization,
    @Nullable String lastName,
    @Nullable String firstName,
    @Nullable String middleName,
    @Nullable String suffix,
    @Nullable String idQualifier,
    @Nullable String id) {

  /** Whether NM108 says that NM109 is a social security number. */
  public static boolean isSsn(@Nullable String idQualifier) {
    return "34".equals(idQualifier);
  }

  /** NM109 as lists and words have it: of a social security number the last four digits. */
  public @Nullable String shownId() {
    return id != null && isSsn(idQualifier)
        ? "***-**-" + id.substring(Math.max(0, id.length() - 4))
        : id;
  }
}
