package org.openrcm.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SMART system scope (SMART App Launch 2.2, v2 syntax with letters of {@code cruds}, and v1's
 * {@code read}, {@code write}, {@code *}), or one of ours for files, for the ledger and for notes.
 *
 * @param type a FHIR resource type, {@code *} for all of them, {@code files}, {@code ledger} or
 *     {@code notes}
 * @param acts which of c, r, u, d, s; for files r and c, for the ledger and notes r
 */
record Scope(String type, Set<Character> acts) {
  static final String FILES_READ = "system/files.read";
  static final String FILES_WRITE = "system/files.write";
  static final String LEDGER_READ = "system/ledger.read";

  /**
   * What the office noted of contacts, in the Communications that the token may read besides.
   * People write anything there, so no scope of a resource type has it.
   */
  static final String NOTES_READ = "system/notes.read";

  /** Types of ours, which {@code *} does not mean. */
  private static final Set<String> OURS = Set.of("files", "ledger", Scopes.NOTES);

  /**
   * Resource types that {@code *} does not mean either. The audit record is about what the staff
   * does, and a program that was given everything about patients and bills was not given that.
   */
  private static final Set<String> BY_NAME = Set.of(Scopes.AUDIT);

  private static final Pattern FORM =
      Pattern.compile("system/(\\*|[A-Z][A-Za-z]{1,60})\\.(c?r?u?d?s?|read|write|\\*)");

  Scope {
    acts = Set.copyOf(acts);
  }

  /** Empty when it is none that this server knows. */
  static Optional<Scope> parse(String scope) {
    if (scope.equals(FILES_READ)) {
      return Optional.of(new Scope("files", Set.of('r')));
    }
    if (scope.equals(FILES_WRITE)) {
      return Optional.of(new Scope("files", Set.of('c')));
    }
    if (scope.equals(LEDGER_READ)) {
      return Optional.of(new Scope("ledger", Set.of('r')));
    }
    if (scope.equals(NOTES_READ)) {
      return Optional.of(new Scope(Scopes.NOTES, Set.of('r')));
    }
    Matcher form = FORM.matcher(scope);
    if (!form.matches() || form.group(2).isEmpty()) {
      return Optional.empty();
    }
    Set<Character> acts =
        switch (form.group(2)) {
          case "read" -> Set.of('r', 's');
          case "write" -> Set.of('c', 'u', 'd');
          case "*" -> Set.of('c', 'r', 'u', 'd', 's');
          default -> letters(form.group(2));
        };
    return Optional.of(new Scope(form.group(1), acts));
  }

  private static Set<Character> letters(String acts) {
    return acts.chars()
        .mapToObj(letter -> (char) letter)
        .collect(java.util.stream.Collectors.toSet());
  }

  boolean allows(String resourceType, char act) {
    boolean ofType =
        type.equals(resourceType)
            || (type.equals("*")
                && !OURS.contains(resourceType)
                && !BY_NAME.contains(resourceType));
    return ofType && acts.contains(act);
  }

  /** Whether all that {@code other} allows is allowed by this one too. */
  boolean covers(Scope other) {
    return other.acts().stream().allMatch(act -> allows(other.type(), act))
        && (!other.type().equals("*") || type.equals("*"));
  }
}
