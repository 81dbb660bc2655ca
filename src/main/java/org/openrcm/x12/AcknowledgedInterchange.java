package org.openrcm.x12;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One interchange that is answered: its TA1, and the interchange that holds its 999s. */
final class AcknowledgedInterchange {
  private static final String NO_ERROR = "000";

  private final X12Writer.Interchange envelope;
  private final Delimiters delimiters;
  private final AcknowledgedText text;
  private final String control;
  private final String date;
  private final String time;
  private final LongSupplier controls;
  private final LocalDateTime now;
  private final Spool held = new Spool();
  private @Nullable X12Writer writer;

  private @Nullable String error;
  private @Nullable String warning;
  private boolean acknowledges;

  /**
   * An answer to the interchange of this ISA.
   *
   * @param controls gives each interchange and each group that is written its control number
   */
  AcknowledgedInterchange(Segment isa, LocalDateTime now, LongSupplier controls) {
    this.delimiters = usable(isa.delimiters());
    this.text = new AcknowledgedText(delimiters);
    this.now = now;
    this.controls = controls;
    this.control = "%09d".formatted(AcknowledgedText.number(isa.text(13), 9));
    this.date = isa.text(9).matches("[0-9]{6}") ? isa.text(9) : "000101";
    this.time = isa.text(10).matches("[0-9]{4}") ? isa.text(10) : "0000";
    this.envelope =
        new X12Writer.Interchange(
            text.of(isa.text(7), 2),
            text.of(isa.text(8), 15),
            text.of(isa.text(5), 2),
            text.of(isa.text(6), 15),
            now,
            0,
            false,
            isa.is(15, "T") ? "T" : "P");
  }

  /** The delimiters of the interchange, unless they are such as a reader may trip over. */
  private static Delimiters usable(Delimiters sent) {
    byte[] all = {sent.element(), sent.repetition(), sent.component(), sent.terminator()};
    for (byte one : all) {
      if (one <= ' ' || one == 0x7f) {
        return X12Writer.USUAL;
      }
    }
    return sent;
  }

  AcknowledgedText text() {
    return text;
  }

  /** A note for TA105; the first error counts, else the first warning. */
  void note(String code, Severity severity) {
    if (severity == Severity.ERROR) {
      error = error == null ? code : error;
    } else {
      warning = warning == null ? code : warning;
    }
  }

  /** It brings acknowledgements, which are not acknowledged. */
  void acknowledges() {
    acknowledges = true;
  }

  boolean isAcknowledgement() {
    return acknowledges;
  }

  /** Opens a group with the sender and receiver turned round. */
  AcknowledgedGroup group(Segment gs) {
    X12Writer out = writer;
    if (out == null) {
      out = new X12Writer(held, delimiters);
      out.beginInterchange(numbered());
      writer = out;
    }
    out.beginGroup(
        "FA",
        text.of(gs.text(3), 15),
        text.of(gs.text(2), 15),
        now,
        controls.getAsLong(),
        Acknowledger.GUIDE);
    return new AcknowledgedGroup(out, gs, text);
  }

  private X12Writer.Interchange numbered() {
    return new X12Writer.Interchange(
        envelope.senderQualifier(),
        envelope.sender(),
        envelope.receiverQualifier(),
        envelope.receiver(),
        envelope.at(),
        controls.getAsLong(),
        envelope.acknowledge(),
        envelope.usage());
  }

  /** Writes the TA1, and unless it rejects the interchange what was held of its 999s. */
  void end(OutputStream interchanges, OutputStream implementations) throws IOException {
    X12Writer out = writer;
    try (held) {
      if (out == null && acknowledges && error == null) {
        return;
      }
      X12Writer ta1 = new X12Writer(interchanges, delimiters);
      ta1.beginInterchange(numbered());
      ta1.tag("TA1").text(control).text(date).text(time).text(code()).text(note());
      ta1.endInterchange();
      if (out != null && error == null) {
        out.endInterchange();
        held.copyTo(implementations);
      }
    }
  }

  private String code() {
    if (error != null) {
      return "R";
    }
    return warning == null ? "A" : "E";
  }

  private String note() {
    String note = error == null ? warning : error;
    return note == null ? NO_ERROR : note;
  }
}
