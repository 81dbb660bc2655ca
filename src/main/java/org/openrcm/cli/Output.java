package org.openrcm.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** Standard output as bytes. */
final class Output {
  private static OutputStream standard = new FileOutputStream(FileDescriptor.out);

  private Output() {}

  /** Unlike {@code System.out} it reports that nobody reads any more ({@code | head}). */
  static OutputStream standard() {
    return standard;
  }

  /** Sends it elsewhere, for tests. */
  static void redirect(OutputStream elsewhere) {
    standard = elsewhere;
  }
}
