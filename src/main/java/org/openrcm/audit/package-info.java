/**
 * The record of who looked at or changed whose data.
 *
 * <p>In: {@link org.openrcm.audit.AuditTrail#record} by every page, API call, FHIR call and job
 * that touches a patient's data, in the transaction of the act. Out: rows that the application can
 * read and cannot change, for compliance ({@link org.openrcm.audit.AuditRecord}), and for patients
 * what was done with theirs ({@link org.openrcm.audit.PatientRecord}). Never: an act whose row was
 * not written, a switch that turns it off.
 */
@NullMarked
package org.openrcm.audit;

import org.jspecify.annotations.NullMarked;
