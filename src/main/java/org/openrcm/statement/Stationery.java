package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portrait;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Prints letters on the paper of statements: the same head, tagged in the same way (PDF/UA-1). */
@Component
public class Stationery {
  private final ITemplateEngine templates;
  private final Policies policies;

  Stationery(ITemplateEngine templates, Policies policies) {
    this.templates = templates;
    this.policies = policies;
  }

  /**
   * What a letter says.
   *
   * @param number of the letter
   * @param day of the letter
   * @param said its paragraphs
   * @param table that follows them; null for none
   */
  public record Written(
      Portrait account,
      long number,
      LocalDate day,
      Language language,
      String title,
      List<String> said,
      @Nullable Table table) {}

  /** A table in a letter, of words only; each row has as many as the head. */
  public record Table(List<String> head, List<List<String>> rows) {}

  /** A PDF and how many pages it has; nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Printed(byte[] pdf, int pages) {}

  /** Whether the practice has said who writes and how to reach them. */
  @Transactional
  public boolean isComplete() {
    return policies.current().isComplete();
  }

  /** The same letter gives the same bytes. */
  @Transactional
  public Printed print(Written letter) {
    Policy policy = policies.current();
    Context context =
        new Context(
            letter.language().locale(),
            Map.of(
                "letter",
                letter,
                "from",
                policy.letterhead(),
                "help",
                policy.help(),
                "to",
                Drawing.addressee(letter.account(), letter.day()),
                "write",
                new org.openrcm.statement.Written(letter.language(), true),
                "css",
                Paper.CSS));
    Paper.Printed printed =
        Paper.pdf(templates.process("statement/letter", context), letter.day(), letter.number());
    return new Printed(printed.pdf(), printed.pages());
  }

  /** Many letters to be printed at once, each on sheets of its own. */
  public static byte[] joined(List<byte[]> pdfs) {
    return PrintBatch.joined(pdfs, true);
  }
}
