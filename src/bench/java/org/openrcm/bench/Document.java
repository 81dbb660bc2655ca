package org.openrcm.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the bench reads, all made up. */
enum Document {
  /** 005010X221A1. */
  REMITTANCE("835", "CLP"),
  /** 005010X222A1. */
  CLAIMS("837", "CLM");

  private static final long SEED = 835;

  private final String set;
  private final String claimTag;

  Document(String set, String claimTag) {
    this.set = set;
    this.claimTag = claimTag;
  }

  /** ST01, and the end of files' names. */
  String set() {
    return set;
  }

  /** The segment with which a claim starts. */
  String claimTag() {
    return claimTag;
  }

  /** A file of about so many bytes, with what a plain count of it finds. */
  Sample write(Path file, long bytes) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      if (this == REMITTANCE) {
        new Remittances835(SEED).write(out, bytes);
      } else {
        Claims837.write(out, bytes, SEED);
      }
    }
    return counted(file);
  }

  private Sample counted(Path file) throws IOException {
    byte[] start = (claimTag + "*").getBytes(StandardCharsets.US_ASCII);
    long claims = 0;
    long segments = 0;
    int matched = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '~') {
          segments++;
          matched = 0;
        } else if (matched >= 0) {
          matched = b == start[matched] ? matched + 1 : -1;
          if (matched == start.length) {
            claims++;
            matched = -1;
          }
        }
      }
    }
    return new Sample(this, file, Files.size(file), claims, segments);
  }

  /** Everybody who reads it, in the order of the table. */
  List<Contender> contenders() {
    return this == REMITTANCE ? Contenders.OF_REMITTANCES : Contenders.OF_CLAIMS;
  }
}
