package org.openrcm.fhir;

import org.openrcm.claim.Claim;
import org.openrcm.claim.Submission;

/** A claim as billed, with the 837 it came in: what an 835 answers. */
public record Billed(Submission submission, Claim claim) {}
