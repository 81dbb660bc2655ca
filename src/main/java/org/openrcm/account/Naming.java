package org.openrcm.account;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names and addresses as pages write them. */
final class Naming {
  private static final String NOBODY = "(no name)";

  private Naming() {}

  /** As lists show them: last name first. */
  static String lastFirst(@Nullable String last, @Nullable String first) {
    String name = joined(", ", last, first);
    return name.isEmpty() ? NOBODY : name;
  }

  /** What there is of these, in their order. */
  static String joined(String between, @Nullable String... parts) {
    return Stream.of(parts)
        .filter(Objects::nonNull)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(between));
  }
}
