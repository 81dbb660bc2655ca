package org.openrcm.x12;

/** Where findings go as they are made. */
@FunctionalInterface
public interface FindingSink {

  void add(Finding finding);

  /** Adds a finding made of its parts. */
  default void add(FindingRule rule, Place place, String message) {
    add(new Finding(rule, place, message));
  }
}
