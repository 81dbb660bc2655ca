package org.openrcm.claim;

/** A patient who is not the subscriber: loop 2000C, named in 2010CA. */
public record Patient(PatientFacts facts, Named person) {}
