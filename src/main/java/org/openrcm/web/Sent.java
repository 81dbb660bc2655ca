package org.openrcm.web;

import java.util.Map;

/** What a browser sends, as the database can keep it. */
public final class Sent {

  private Sent() {}

  /** Without blanks around it and without character 0, which PostgreSQL does not know. */
  public static String text(String sent) {
    return sent.replace("\0", "").strip();
  }

  /** A value of an address or a form; empty when it was not sent. */
  public static String value(Map<String, String> sent, String name) {
    return text(sent.getOrDefault(name, ""));
  }
}
