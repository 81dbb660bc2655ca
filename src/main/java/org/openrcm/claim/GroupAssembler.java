package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SetEnd;

/** Puts one 999 together, a transaction set that it answers at a time. */
final class GroupAssembler {
  /** So many IK3, IK4 and CTX are kept of one answered set. */
  private static final int KEPT = 10_000;

  private final SetSource source;
  private final AcknowledgementHandler handler;
  private final FindingSink findings;
  private final long startSegment;
  private final long startOffset;

  private @Nullable GroupAcknowledgement group;
  private GroupAcknowledgement.@Nullable Result result;
  private int sets;
  private @Nullable OpenSet set;
  private @Nullable OpenError error;
  private @Nullable OpenElement element;

  GroupAssembler(SetSource source, Segment st, AcknowledgementHandler handler, FindingSink sink) {
    this.source = source;
    this.handler = handler;
    this.findings = sink;
    this.startSegment = st.number();
    this.startOffset = st.byteOffset();
  }

  /** AK2 and what came after it. */
  private static final class OpenSet {
    final String id;
    final String control;
    final @Nullable String guide;
    final long segment;
    final long offset;
    String code = "";
    List<String> codes = List.of();
    final List<SetAcknowledgement.SegmentError> errors = new ArrayList<>();
    int kept;
    int moreErrors;

    OpenSet(Segment ak2) {
      id = ak2.text(1);
      control = ak2.text(2);
      guide = ak2.textOrNull(3);
      segment = ak2.number();
      offset = ak2.byteOffset();
    }
  }

  /** IK3 and what came after it. */
  private static final class OpenError {
    final String tag;
    final long position;
    final @Nullable String loop;
    final @Nullable String code;
    final long segment;
    final long offset;
    final List<SetAcknowledgement.Context> contexts = new ArrayList<>(2);
    final List<SetAcknowledgement.ElementError> elements = new ArrayList<>(2);

    OpenError(Segment ik3) {
      tag = ik3.text(1);
      position = Math.max(0, ik3.scaled(2, 0));
      loop = ik3.textOrNull(3);
      code = ik3.textOrNull(4);
      segment = ik3.number();
      offset = ik3.byteOffset();
    }
  }

  /** IK4 and what came after it. */
  private static final class OpenElement {
    final SetAcknowledgement.ElementError read;
    final List<SetAcknowledgement.Context> contexts = new ArrayList<>(1);

    OpenElement(Segment ik4) {
      read =
          new SetAcknowledgement.ElementError(
              number(ik4.text(1, 1)),
              number(ik4.text(1, 2)),
              number(ik4.text(1, 3)),
              ik4.textOrNull(2),
              ik4.text(3),
              ik4.textOrNull(4),
              List.of(),
              ik4.number(),
              ik4.byteOffset());
    }

    SetAcknowledgement.ElementError end() {
      return contexts.isEmpty()
          ? read
          : new SetAcknowledgement.ElementError(
              read.element(),
              read.component(),
              read.repeat(),
              read.dataElement(),
              read.code(),
              read.value(),
              List.copyOf(contexts),
              read.segment(),
              read.byteOffset());
    }
  }

  void add(Segment segment) {
    if (!segment.isWhole()) {
      return;
    }
    switch (segment.key()) {
      case "Transaction.AK1" -> {
        if (group == null) {
          start(
              new GroupAcknowledgement(
                  source,
                  segment.text(1).strip(),
                  segment.text(2),
                  segment.textOrNull(3),
                  segment.number(),
                  segment.byteOffset()));
        }
      }
      case "2000.AK2" -> {
        endSet();
        set = new OpenSet(segment);
      }
      case "2100.IK3" -> segmentError(segment);
      case "2110.IK4" -> elementError(segment);
      case "2100.CTX", "2110.CTX" -> context(segment);
      case "2000.IK5" -> {
        OpenSet open = set;
        if (open != null && open.code.isEmpty()) {
          open.code = segment.text(1);
          open.codes = texts(segment, 2, 6);
        }
      }
      case "Transaction.AK9" -> {
        endSet();
        result = result(segment);
      }
      default -> {
        // ST and SE say nothing more, and what has no place has a finding
      }
    }
  }

  private GroupAcknowledgement start(GroupAcknowledgement started) {
    group = started;
    handler.start(started);
    return started;
  }

  private GroupAcknowledgement started() {
    GroupAcknowledgement current = group;
    return current != null
        ? current
        : start(new GroupAcknowledgement(source, "", "", null, startSegment, startOffset));
  }

  private void segmentError(Segment ik3) {
    endError();
    OpenSet open = set;
    if (open == null) {
      return;
    }
    if (keeps(open, ik3)) {
      error = new OpenError(ik3);
    } else {
      open.moreErrors++;
    }
  }

  private void elementError(Segment ik4) {
    endElement();
    OpenSet open = set;
    if (open != null && error != null && keeps(open, ik4)) {
      element = new OpenElement(ik4);
    }
  }

  private void context(Segment ctx) {
    OpenSet open = set;
    OpenError inError = error;
    OpenElement inElement = element;
    if (open == null || inError == null || !keeps(open, ctx)) {
      return;
    }
    List<SetAcknowledgement.Context> into =
        inElement == null ? inError.contexts : inElement.contexts;
    for (String name : split(ctx.text(1), ctx.delimiters().repetition())) {
      List<String> parts = split(name, ctx.delimiters().component());
      into.add(
          new SetAcknowledgement.Context(
              parts.get(0),
              parts.size() > 1 ? parts.get(1) : null,
              ctx.textOrNull(2),
              Math.max(0, ctx.scaled(3, 0)),
              ctx.textOrNull(4),
              number(ctx.text(5, 1)),
              number(ctx.text(5, 2)),
              number(ctx.text(5, 3)),
              ctx.isEmpty(6) ? null : String.join(":", ctx.components(6))));
    }
  }

  private boolean keeps(OpenSet open, Segment segment) {
    if (++open.kept == KEPT + 1) {
      findings.add(
          AcknowledgementTooLarge.ACKNOWLEDGEMENT_TOO_LARGE,
          segment.place(),
          "this set has more errors than are kept: " + KEPT + " with their elements and contexts");
    }
    return open.kept <= KEPT;
  }

  private void endElement() {
    OpenElement ended = element;
    OpenError current = error;
    element = null;
    if (ended != null && current != null) {
      current.elements.add(ended.end());
    }
  }

  private void endError() {
    endElement();
    OpenError ended = error;
    OpenSet current = set;
    error = null;
    if (ended != null && current != null) {
      current.errors.add(
          new SetAcknowledgement.SegmentError(
              ended.tag,
              ended.position,
              ended.loop,
              ended.code,
              List.copyOf(ended.contexts),
              List.copyOf(ended.elements),
              ended.segment,
              ended.offset));
    }
  }

  private void endSet() {
    endError();
    OpenSet ended = set;
    set = null;
    if (ended == null) {
      return;
    }
    sets++;
    handler.set(
        started(),
        new SetAcknowledgement(
            ended.id,
            ended.control,
            ended.guide,
            ended.code,
            ended.codes,
            List.copyOf(ended.errors),
            ended.moreErrors,
            ended.segment,
            ended.offset));
  }

  private GroupAcknowledgement.Result result(Segment ak9) {
    return new GroupAcknowledgement.Result(
        ak9.text(1),
        count(ak9, 2),
        count(ak9, 3),
        count(ak9, 4),
        texts(ak9, 5, 9),
        sets,
        SetEnd.CLOSED,
        ak9.number(),
        ak9.byteOffset());
  }

  void end(SetEnd end) {
    endSet();
    GroupAcknowledgement.Result read = result;
    handler.end(
        started(),
        read == null
            ? new GroupAcknowledgement.Result("", -1, -1, -1, List.of(), sets, end, 0, -1)
            : new GroupAcknowledgement.Result(
                read.code(),
                read.included(),
                read.received(),
                read.accepted(),
                read.errors(),
                sets,
                end,
                read.segment(),
                read.byteOffset()));
  }

  private static List<String> texts(Segment segment, int first, int last) {
    List<String> texts = new ArrayList<>(1);
    for (int i = first; i <= last; i++) {
      if (segment.has(i)) {
        texts.add(segment.text(i));
      }
    }
    return List.copyOf(texts);
  }

  /** The parts of a text; all of it when there is no such separator. */
  private static List<String> split(String text, byte separator) {
    return separator == 0
        ? List.of(text)
        : List.of(text.split(Pattern.quote(String.valueOf((char) (separator & 0xff))), -1));
  }

  private static int count(Segment segment, int element) {
    long counted = segment.scaled(element, 0);
    return counted < 0 || counted > Integer.MAX_VALUE ? -1 : (int) counted;
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
