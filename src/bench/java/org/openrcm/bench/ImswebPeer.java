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
  @Override
  public long count(Path file) throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      X12Reader reader = new X12Reader(FileType.ANSI835_5010_X221, in, StandardCharsets.ISO_8859_1);
      if (!reader.getErrors().isEmpty()) {
        throw new IllegalStateException(reader.getErrors().get(0));
      }
      if (!reader.getFatalErrors().isEmpty()) {
        throw new IllegalStateException(reader.getFatalErrors().get(0));
      }
      long claims = 0;
      for (Loop interchange : reader.getLoops()) {
        for (Loop claim : interchange.findAllLoops("2100")) {
          claims += claim.getSegment("CLP") == null ? 0 : 1;
        }
      }
      return claims;
    }
  }
}
