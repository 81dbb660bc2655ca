package org.openrcm.statement;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The e-mail that a new bill is there. It says where the bill is and how to open it, and nothing of
 * what stands on it: no name, no amount, no visit. It tells how to go back to paper (12 CFR
 * 1006.6(e)).
 *
 * @param sender whose bill it is
 * @param replyTo the office's own address; null when it has none
 */
record Notice(String sender, @Nullable String replyTo, String subject, String text) {
  /** What ends a line, or turns the direction in which the rest of it is read. */
  private static final Pattern NOT_IN_A_LINE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]+");

  static Notice of(Content bill, MessageSource messages) {
    Locale locale = bill.language().locale();
    Written write = new Written(bill.language());
    Policy.Letterhead from = bill.letterhead();
    String sender = line(from.name());
    String page = bill.payPage();
    if (page == null) {
      throw new IllegalArgumentException("a bill without a page to read it goes by mail");
    }
    String phone = line(from.phone());
    List<List<String>> paragraphs =
        List.of(
            List.of(said(messages, locale, "email.bill.ready", sender)),
            List.of(
                said(messages, locale, "email.bill.page", "https://" + line(page)),
                said(messages, locale, "email.bill.code", bill.code()),
                said(messages, locale, "email.bill.birth")),
            List.of(
                said(messages, locale, "bill.pay.by.day", write.day(bill.due())) + ".",
                said(
                    messages,
                    locale,
                    "email.bill.until",
                    write.day(bill.issued().plusDays(Codes.VALID_DAYS)))),
            List.of(
                said(messages, locale, "bill.questions")
                    + " "
                    + said(messages, locale, "bill.call.us", phone)
                    + ". "
                    + said(messages, locale, "bill.hours")
                    + " "
                    + line(from.hoursIn(bill.language()).text())
                    + "."),
            List.of(said(messages, locale, "email.bill.paper", phone)));
    return new Notice(
        sender,
        from.email() == null ? null : line(from.email()),
        said(messages, locale, "email.bill.subject", sender),
        paragraphs.stream()
            .map(each -> String.join("\n", each))
            .collect(Collectors.joining("\n\n", "", "\n")));
  }

  private static String said(MessageSource messages, Locale locale, String key, String... values) {
    return messages.getMessage(key, Stream.of(values).toArray(), locale);
  }

  /** On one line: what is put into a header must not begin another one. */
  private static String line(String text) {
    return NOT_IN_A_LINE.matcher(text).replaceAll(" ").strip();
  }
}
