package org.openrcm.bench;

/** A table in Markdown: words in the first column, figures in the others. */
public final class Table {
  private final StringBuilder text = new StringBuilder();

  public Table(String first, String... others) {
    row(first, (Object[]) others);
    text.append("|---").append("|---:".repeat(others.length)).append("|\n");
  }

  public Table row(String first, Object... others) {
    text.append("| ").append(first);
    for (Object other : others) {
      text.append(" | ").append(other);
    }
    text.append(" |\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
