package org.openrcm.bench;

import com.berryworks.edireader.EDIReader;
import com.berryworks.edireader.EDIReaderFactory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** EDIReader as SAX events, one interchange after another from one stream. */
final class EdiReaderPeer implements Contender.Reading {
  private final String claimTag;

  EdiReaderPeer(String claimTag) {
    this.claimTag = claimTag;
  }

  @Override
  public long count(Path file) throws Exception {
    Claims claims = new Claims(claimTag);
    try (InputStream in = Files.newInputStream(file)) {
      InputSource source = new InputSource(in);
      source.setEncoding("ISO-8859-1");
      char[] ahead = null;
      for (EDIReader reader = next(source, ahead); reader != null; reader = next(source, ahead)) {
        reader.setContentHandler(claims);
        reader.parse(source);
        ahead = reader.getTokenizer().getBuffered();
      }
    }
    if (claims.characters == 0) {
      throw new IllegalStateException("no element data seen");
    }
    return claims.count;
  }

  private static @Nullable EDIReader next(InputSource source, char @Nullable [] ahead)
      throws Exception {
    return ahead == null
        ? EDIReaderFactory.createEDIReader(source)
        : EDIReaderFactory.createEDIReader(source, ahead);
  }

  private static final class Claims extends DefaultHandler {
    private final String claimTag;
    private long count;
    private long characters;

    Claims(String claimTag) {
      this.claimTag = claimTag;
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) {
      if (name.equals("segment") && claimTag.equals(attributes.getValue("Id"))) {
        count++;
      }
    }

    @Override
    public void characters(char[] text, int start, int length) {
      characters += length;
    }
  }
}
