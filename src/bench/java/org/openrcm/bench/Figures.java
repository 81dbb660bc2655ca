package org.openrcm.bench;

/** What a bench has found, in Markdown: tables and sentences. */
public final class Figures {
  private final StringBuilder text = new StringBuilder();

  public void heading(String heading) {
    add("### " + heading + "\n");
  }

  public void table(Table table) {
    add(table.toString());
  }

  /** A paragraph of its own. */
  public void say(String sentences) {
    add(sentences + "\n");
  }

  private void add(String block) {
    text.append(text.isEmpty() ? "" : "\n").append(block);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
