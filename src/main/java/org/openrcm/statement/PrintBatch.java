package org.openrcm.statement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The statements of a run that go by mail, one after the other as they are to leave the printer: in
 * parts of some hundred, so that no printer and no memory is too small for them.
 */
@Component
class PrintBatch {
  static final int IN_A_PART = 200;

  private final JdbcClient sql;
  private final AuditTrail audit;

  PrintBatch(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  /**
   * A part, to be printed at once.
   *
   * @param number 1 is the first
   * @param first number of its first statement
   * @param last number of its last one
   */
  record Part(int number, int statements, int pages, long first, long last) {}

  private record Sheet(long number, int pages) {}

  /** Of a run, in the order of its statements; none while none was sent. */
  @Transactional
  public List<Part> parts(UUID run) {
    List<Sheet> sheets =
        sql.sql(
                """
                select number, pages from statement
                where run_id = ? and channel = 'MAIL' order by number
                """)
            .param(run)
            .query((row, index) -> new Sheet(row.getLong(1), row.getInt(2)))
            .list();
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < sheets.size(); from += IN_A_PART) {
      List<Sheet> some = sheets.subList(from, Math.min(sheets.size(), from + IN_A_PART));
      parts.add(
          new Part(
              parts.size() + 1,
              some.size(),
              some.stream().mapToInt(Sheet::pages).sum(),
              some.get(0).number(),
              some.get(some.size() - 1).number()));
    }
    return parts;
  }

  /**
   * A part as one PDF.
   *
   * @param twoSided whether each statement begins on a sheet of its own: nobody gets the first page
   *     of another's bill on the back of the last of theirs
   * @throws NoSuchStatement when the run has no such part
   */
  @Transactional
  public byte[] print(UUID run, int part, boolean twoSided) {
    List<byte[]> pdfs =
        sql.sql(
                """
                select pdf from statement where run_id = ? and channel = 'MAIL'
                order by number limit ? offset ?
                """)
            .params(run, IN_A_PART, Math.max(0, part - 1) * (long) IN_A_PART)
            .query((row, index) -> row.getBytes(1))
            .list();
    if (pdfs.isEmpty() || part < 1) {
      throw new NoSuchStatement();
    }
    audit.record(Action.PRINT, Subject.of("StatementRun", run), patients(run, part));
    return joined(pdfs, twoSided);
  }

  private List<UUID> patients(UUID run, int part) {
    return sql.sql(
            """
            select distinct c.patient_id from (
              select number from statement where run_id = ? and channel = 'MAIL'
              order by number limit ? offset ?) s
            join statement_visit v on v.statement_number = s.number
            join claim c on c.number = v.claim_number
            """)
        .params(run, IN_A_PART, (part - 1) * (long) IN_A_PART)
        .query(UUID.class)
        .list();
  }

  /** One after the other; for both sides each on sheets of its own. */
  static byte[] joined(List<byte[]> pdfs, boolean twoSided) {
    PDFMergerUtility merger = new PDFMergerUtility();
    List<PDDocument> open = new ArrayList<>();
    try (PDDocument batch = new PDDocument()) {
      for (byte[] pdf : pdfs) {
        PDDocument one = Loader.loadPDF(pdf);
        open.add(one);
        merger.appendDocument(batch, one);
        if (twoSided && one.getNumberOfPages() % 2 == 1) {
          batch.addPage(new PDPage(PDRectangle.LETTER));
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      batch.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(PrintBatch::close);
    }
  }

  private static void close(PDDocument document) {
    try {
      document.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
