package org.openrcm.statement;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Hands e-mail to the operator's mail server, if there is one, and tells why it did not take it.
 */
@Component
@EnableConfigurationProperties(MailSettings.class)
class MailServer {
  private static final int FOR_GOOD = 500;

  /** Of policy and trust (RFC 3463): that we are not let, and nothing of the address. */
  private static final String OF_POLICY = " 5.7.";

  private final @Nullable JavaMailSender sender;
  private final MailSettings settings;
  private final Clock clock;
  private volatile Instant closedUntil = Instant.MIN;

  MailServer(
      ObjectProvider<JavaMailSender> senders,
      MailSettings settings,
      Clock clock,
      @Value("${spring.mail.host:}") String host) {
    this.sender = host.isBlank() ? null : senders.getIfAvailable();
    this.settings = settings;
    this.clock = clock;
    if (sender != null && address(settings.from()) == null) {
      throw new IllegalStateException(
          "spring.mail.host is set: openrcm.mail.from must be the address that e-mail comes from");
    }
  }

  /** Whether bills can go by e-mail: it also needs a page to read them. */
  boolean sends(Policy policy) {
    return isThere() && policy.payPage() != null;
  }

  /** Whether e-mail can be sent at all. */
  boolean isThere() {
    return sender != null;
  }

  /**
   * Sends it.
   *
   * @param statement what it is about; sent again it has the same Message-ID, by which mail
   *     programs and servers tell one message that came twice from two
   */
  void send(UUID statement, String to, Notice notice) throws Undeliverable {
    InternetAddress recipient = address(to);
    if (sender == null) {
      throw new Undeliverable(Undelivered.SWITCHED_OFF, null);
    }
    if (recipient == null) {
      throw new Undeliverable(Undelivered.ADDRESS, null);
    }
    if (clock.instant().isBefore(closedUntil)) {
      throw new Undeliverable(Undelivered.SERVER, null);
    }
    try {
      sender.send(message(sender, statement, recipient, notice));
    } catch (MailException e) {
      Undelivered why = why(e);
      if (why == Undelivered.SERVER) {
        closedUntil = clock.instant().plus(settings.pause());
      }
      throw new Undeliverable(why, e);
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalStateException("an e-mail cannot be written", e);
    }
  }

  private MimeMessage message(
      JavaMailSender by, UUID statement, InternetAddress recipient, Notice notice)
      throws MessagingException, UnsupportedEncodingException {
    String charset = StandardCharsets.UTF_8.name();
    InternetAddress from = new InternetAddress(settings.from());
    from.setPersonal(notice.sender(), charset);
    MimeMessage message = by.createMimeMessage();
    message.setFrom(from);
    InternetAddress office = notice.replyTo() == null ? null : address(notice.replyTo());
    if (office != null) {
      office.setPersonal(notice.sender(), charset);
      message.setReplyTo(new InternetAddress[] {office});
    }
    message.setRecipient(Message.RecipientType.TO, recipient);
    message.setSubject(notice.subject(), charset);
    message.setText(notice.text(), charset);
    message.setSentDate(Date.from(clock.instant()));
    // RFC 3834: no program is to answer it
    message.setHeader("Auto-Submitted", "auto-generated");
    String domain = settings.from().substring(settings.from().lastIndexOf('@') + 1);
    message.setHeader("Message-ID", "<statement." + statement + "@" + domain + ">");
    return message;
  }

  /** An address, its domain as mail servers know it; null when it is none. */
  private static @Nullable InternetAddress address(String typed) {
    int at = typed.lastIndexOf('@');
    if (at < 1) {
      return null;
    }
    try {
      String domain = IDN.toASCII(typed.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      String plain = typed.substring(0, at + 1) + domain.toLowerCase(Locale.ROOT);
      InternetAddress address = new InternetAddress(plain, true);
      address.validate();
      return plain.equals(address.getAddress()) && plain.chars().allMatch(each -> each < 0x7f)
          ? address
          : null;
    } catch (AddressException | IllegalArgumentException e) {
      return null;
    }
  }

  /** In doubt it is the server's fault, and is tried again: nobody loses their e-mail by it. */
  private static Undelivered why(MailException failure) {
    Undelivered why = Undelivered.SERVER;
    if (failure instanceof MailSendException sending) {
      for (Exception each : sending.getMessageExceptions()) {
        for (Exception at = each; at != null; at = next(at)) {
          if (at instanceof SMTPSenderFailedException) {
            return Undelivered.SERVER;
          }
          if (at instanceof SMTPAddressFailedException address) {
            return said(address.getReturnCode(), address.getMessage(), Undelivered.ADDRESS);
          }
          if (at instanceof SMTPSendFailedException sent && !isOfSender(sent)) {
            why = said(sent.getReturnCode(), sent.getMessage(), Undelivered.REFUSED);
          }
        }
      }
    }
    return why;
  }

  private static boolean isOfSender(SMTPSendFailedException failure) {
    String command = failure.getCommand();
    return command != null && command.startsWith("MAIL");
  }

  private static Undelivered said(int code, @Nullable String words, Undelivered forGood) {
    if (words != null && words.contains(OF_POLICY)) {
      return Undelivered.POLICY;
    }
    return code >= FOR_GOOD ? forGood : code > 0 ? Undelivered.LATER : Undelivered.SERVER;
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException mail ? mail.getNextException() : null;
  }
}
