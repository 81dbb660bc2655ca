package org.openrcm.intake;

/** The way a file came in. */
public enum Via {
  UPLOAD,
  API,
  INBOX,
  /** Made up, loaded at the first start. */
  SAMPLE;

  /** As pages say it. */
  public String label() {
    return switch (this) {
      case UPLOAD -> "Upload";
      case API -> "Program";
      case INBOX -> "Inbox";
      case SAMPLE -> "Sample";
    };
  }
}
