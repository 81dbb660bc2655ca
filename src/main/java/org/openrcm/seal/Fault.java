package org.openrcm.seal;

import org.jspecify.annotations.Nullable;

/**
 * Something in the record or in its checkpoints that is not as it was.
 *
 * @param chain practice, or zeros; null when it concerns none
 * @param from place in the chain, from one, of the first entry that it may be; 0 when it has none
 * @param until place of the last one
 * @param id of the entry, where it is known
 */
public record Fault(
    Kind kind, @Nullable String chain, long from, long until, @Nullable Long id, String where) {

  /** What can be the matter. */
  public enum Kind {
    CHANGED("The entry is not what was sealed."),
    DELETED("The entry is gone."),
    TWICE("The entry was sealed before: the chain has two heads, or an entry stands in it twice."),
    OUT_OF_ORDER("The batch does not follow on the one before it."),
    RESEALED("Between these places entries and their seals were both changed."),
    CUT_OFF("Entries that were sealed up to here are not there any more."),
    ADDED("The entry was put in without being sealed."),
    LOST("The entry was taken away before it was sealed."),
    FORGED("The checkpoint is not signed by a key that is known, or says nothing."),
    UNVOUCHED("There is no checkpoint at all to vouch for it.");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  static Fault at(Kind kind, String chain, long place, @Nullable Long id) {
    return new Fault(kind, chain, place, place, id, "");
  }

  static Fault between(Kind kind, String chain, long from, long until) {
    return new Fault(kind, chain, from, until, null, "");
  }
}
