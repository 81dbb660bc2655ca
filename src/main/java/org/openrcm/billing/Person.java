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
    @Nullable String id) {}
