package org.openrcm.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long list and where the next part begins (keyset paging: no part is slower than the
 * first).
 *
 * @param next what to send as {@code after} for the next part, null when this is the last
 */
public record Slice<T>(List<T> rows, @Nullable String next) {

  /** Of one row more than asked for, which tells whether there is a next part. */
  public static <T> Slice<T> of(List<T> oneMore, int limit, Function<T, String> key) {
    if (oneMore.size() <= limit) {
      return new Slice<>(List.copyOf(oneMore), null);
    }
    return new Slice<>(List.copyOf(oneMore.subList(0, limit)), key.apply(oneMore.get(limit - 1)));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
