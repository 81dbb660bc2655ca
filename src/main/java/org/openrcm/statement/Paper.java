package org.openrcm.statement;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerFactory;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Prints statements: the same XHTML that a browser shows, as a tagged PDF (PDF/UA-1, ISO 14289-1).
 * The same content gives the same bytes.
 */
@Component
class Paper {
  private static final byte[] REGULAR = font("LiberationSans-Regular.ttf");
  private static final byte[] BOLD = font("LiberationSans-Bold.ttf");
  static final String CSS = new String(resource("/static/paper.css"), StandardCharsets.UTF_8);
  private static final String PAGE = "statement/paper";
  private static final String FAMILY = "Liberation Sans";
  private static final int NORMAL_WEIGHT = 400;
  private static final int BOLD_WEIGHT = 700;

  static {
    // it tells each font of each bill, and could tell what is written in them
    XRLog.setLoggingEnabled(false);
  }

  static {
    // each document's metadata asks anew which XSLT there is, and all of the class path is searched
    // for the answer, which takes as long as all the rest: it is Java's own
    String asked = TransformerFactory.class.getName();
    if (System.getProperty(asked) == null) {
      System.setProperty(asked, TransformerFactory.newDefaultInstance().getClass().getName());
    }
  }

  private final ITemplateEngine templates;

  Paper(ITemplateEngine templates) {
    this.templates = templates;
  }

  /** A PDF and how many pages it has; nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  record Printed(byte[] pdf, int pages) {}

  Printed print(Content content) {
    return pdf(page(content), content.issued(), content.number());
  }

  /** What is printed: the page that a browser shows, with its style in it. */
  String page(Content content) {
    Context context = context(content);
    context.setVariable("css", CSS);
    return templates.process(PAGE, context);
  }

  private static Context context(Content content) {
    return new Context(
        content.language().locale(),
        Map.of("bill", content, "write", new Written(content.language(), true)));
  }

  static Printed pdf(String xhtml, LocalDate day, long number) {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.usePdfUaAccessibility(true);
    builder.useFont(
        () -> new ByteArrayInputStream(REGULAR), FAMILY, NORMAL_WEIGHT, FontStyle.NORMAL, true);
    builder.useFont(
        () -> new ByteArrayInputStream(BOLD), FAMILY, BOLD_WEIGHT, FontStyle.NORMAL, true);
    builder.useObjectDrawerFactory(new NoticePrinter());
    builder.withW3cDocument(parsed(xhtml), null);
    builder.withProducer("OpenRCM");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
      renderer.layout();
      renderer.createPDFWithoutClosing();
      try (PDDocument document = renderer.getPdfDocument()) {
        document.getDocumentInformation().setCreationDate(noon(day));
        document.setDocumentId(number);
        document.save(out);
        return new Printed(out.toByteArray(), document.getNumberOfPages());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By Java's own parser: the printer's would search all of the class path for one, each time. */
  private static Document parsed(String xhtml) {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xhtml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("the page of a statement is no XML", e);
    }
  }

  private static Calendar noon(LocalDate day) {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
    calendar.setTimeInMillis(day.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli());
    return calendar;
  }

  /**
   * A font without its table of substitutions: for each text PDFBox would make a regular expression
   * of it, which takes longer than all the rest of a page. Statements need no ligatures.
   */
  private static byte[] font(String name) {
    byte[] font = resource("/liberation/" + name);
    int tables = ((font[4] & 0xff) << 8) | (font[5] & 0xff);
    for (int i = 0; i < tables; i++) {
      int at = 12 + 16 * i;
      if (new String(font, at, 4, StandardCharsets.US_ASCII).equals("GSUB")) {
        font[at + 3] = 'C';
      }
    }
    return font;
  }

  private static byte[] resource(String name) {
    try (InputStream in = Paper.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
