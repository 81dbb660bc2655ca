package org.openrcm.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Properties;

/** A file to read, with what a true reading of it counts. */
record Sample(Document document, Path file, long bytes, long claims, long segments) {
  private static final int LONGEST_SEGMENT = 4_096;

  /** A generated file of so many million bytes, made once and kept in the folder. */
  static Sample generated(Document document, Path folder, int megabytes) throws IOException {
    Path file = folder.resolve("generated-" + megabytes + "MB." + document.set());
    Path facts = folder.resolve("generated-" + megabytes + "MB." + document.set() + ".properties");
    if (Files.exists(facts) && Files.exists(file)) {
      Sample kept = read(document, file, facts);
      if (kept.bytes == Files.size(file)) {
        return kept;
      }
    }
    Files.createDirectories(folder);
    Sample sample = document.write(file, megabytes * 1_000_000L);
    sample.write(facts);
    return sample;
  }

  long expected(Contender contender) {
    return contender.counts() == Contender.Counts.CLAIMS ? claims : segments;
  }

  /**
   * The first transaction sets of this file, closed by trailers that count truly; this file itself
   * where it is no longer than wanted. Never less than one set, so it may come out longer.
   */
  Sample slice(long wantedBytes) throws IOException {
    if (wantedBytes >= bytes) {
      return this;
    }
    String name = file.getFileName() + ".first-" + wantedBytes;
    Path part = file.resolveSibling(name);
    Path unfinished = file.resolveSibling(name + ".part");
    Cut cut = new Cut(document.claimTag() + "*");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
      cut.copy(in, out, wantedBytes);
    }
    Files.move(unfinished, part, StandardCopyOption.REPLACE_EXISTING);
    return new Sample(document, part, Files.size(part), cut.claims, cut.segments);
  }

  private static Sample read(Document document, Path file, Path facts) throws IOException {
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(facts)) {
      kept.load(in);
    }
    return new Sample(
        document,
        file,
        Long.parseLong(kept.getProperty("bytes")),
        Long.parseLong(kept.getProperty("claims")),
        Long.parseLong(kept.getProperty("segments")));
  }

  private void write(Path facts) throws IOException {
    Properties kept = new Properties();
    kept.setProperty("bytes", String.valueOf(bytes));
    kept.setProperty("claims", String.valueOf(claims));
    kept.setProperty("segments", String.valueOf(segments));
    try (Writer out = Files.newBufferedWriter(facts)) {
      kept.store(out, null);
    }
  }

  /**
   * Copies segments until a set ends behind the wanted length, then closes group and interchange.
   */
  private static final class Cut {
    private final String claim;
    private final byte[] segment = new byte[LONGEST_SEGMENT];
    private String interchange = "";
    private String group = "";
    private int groups;
    private int sets;
    private long claims;
    private long segments;

    Cut(String claim) {
      this.claim = claim;
    }

    void copy(InputStream in, OutputStream out, long wantedBytes) throws IOException {
      long copied = 0;
      for (int length = next(in); length > 0; length = next(in)) {
        out.write(segment, 0, length);
        copied += length;
        segments++;
        boolean setEnds = starts("SE*");
        note(length);
        if (setEnds && copied >= wantedBytes) {
          String trailers = "GE*" + sets + "*" + group + "~IEA*" + groups + "*" + interchange + "~";
          out.write(trailers.getBytes(StandardCharsets.US_ASCII));
          segments += 2;
          return;
        }
      }
    }

    private int next(InputStream in) throws IOException {
      int length = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        segment[length++] = (byte) b;
        if (b == '~') {
          return length;
        }
      }
      return 0;
    }

    private void note(int length) {
      if (starts(claim)) {
        claims++;
      } else if (starts("ST*")) {
        sets++;
      } else if (starts("GS*")) {
        group = element(length, 6);
        groups++;
        sets = 0;
      } else if (starts("ISA*")) {
        interchange = element(length, 13);
        groups = 0;
      }
    }

    private boolean starts(String tag) {
      for (int i = 0; i < tag.length(); i++) {
        if (segment[i] != tag.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private String element(int length, int number) {
      byte[] text = Arrays.copyOf(segment, length - 1);
      return new String(text, StandardCharsets.US_ASCII).split("\\*", -1)[number];
    }
  }
}
