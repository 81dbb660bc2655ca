package org.openrcm.bench;

import com.imsweb.x12.Loop;
import com.imsweb.x12.reader.X12Reader;
import com.imsweb.x12.reader.X12Reader.FileType;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** imsweb's reader, which holds the whole file as a tree of loops before it answers. */
final class ImswebPeer implements Contender.Reading {
  private final FileType type;
  private final String loop;
  private final String segment;

  private ImswebPeer(FileType type, String loop, String segment) {
    this.type = type;
    this.loop = loop;
    this.segment = segment;
  }

  static ImswebPeer ofRemittances() {
    return new ImswebPeer(FileType.ANSI835_5010_X221, "2100", "CLP");
  }

  static ImswebPeer ofClaims() {
    return new ImswebPeer(FileType.ANSI837_5010_X222, "2300", "CLM");
  }

  @Override
  public long count(Path file) throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      X12Reader reader = new X12Reader(type, in, StandardCharsets.ISO_8859_1);
      if (!reader.getErrors().isEmpty()) {
        throw new IllegalStateException(reader.getErrors().get(0));
      }
      if (!reader.getFatalErrors().isEmpty()) {
        throw new IllegalStateException(reader.getFatalErrors().get(0));
      }
      long claims = 0;
      for (Loop interchange : reader.getLoops()) {
        for (Loop claim : interchange.findAllLoops(loop)) {
          claims += claim.getSegment(segment) == null ? 0 : 1;
        }
      }
      return claims;
    }
  }
}
