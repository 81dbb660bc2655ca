package org.openrcm.x12;

/** What a loop is made of: slots for segments, and inner loops. */
sealed interface Particle permits Slot, Loop {

  String name();

  /** Its place among the loop's particles, from 0. */
  int position();

  /** How often it must stand there at least. */
  int min();

  /** How often it may stand there at most. */
  int max();
}
