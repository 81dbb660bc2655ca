package org.openrcm.x12;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link ElementEvents} back into placed segments, so that what reads segments can read from
 * an engine that gives elements. Byte offsets are not known this way.
 */
final class ElementSegments implements ElementEvents {
  /** Delimiters that no text has: the segments are put together only to be cut again. */
  private static final Delimiters DELIMITERS =
      new Delimiters((byte) 0x1d, (byte) 0x1e, (byte) 0x1f, (byte) 0x1c);

  private final SegmentHandler handler;
  private final Segment segment = new Segment();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Loop loop;
  private final Loop interchange;
  private final Loop transaction;
  private @Nullable Slot slot;
  private int element;
  private int component;
  private @Nullable ElementType composite;
  private boolean loopStarts;
  private String interchangeControl = "";
  private String groupControl = "";
  private boolean inSet;

  ElementSegments(String file, Envelope envelope, Mapping mapping, SegmentHandler handler) {
    this.handler = handler;
    this.interchange = envelope.interchange;
    this.transaction = mapping.transaction();
    segment.file = file;
    segment.delimiters = DELIMITERS;
  }

  @Override
  public void start(String name) {
    if (slot != null) {
      startElement(name);
      return;
    }
    Loop outer = loop;
    Loop inner = inner(outer, name);
    if (inner != null) {
      loop = inner;
      loopStarts = true;
      return;
    }
    slot = outer == null ? null : outer.slotNamed(name);
    if (slot != null) {
      bytes.reset();
      write(slot.type().tag());
      element = 0;
      component = 0;
    }
  }

  private @Nullable Loop inner(@Nullable Loop outer, String name) {
    if (outer == null) {
      return name.equals(interchange.name()) ? interchange : null;
    }
    return name.equals(transaction.name()) ? transaction : outer.loopNamed(name);
  }

  private void startElement(String name) {
    Slot current = slot;
    ElementType outer = composite;
    if (current == null) {
      return;
    }
    if (outer != null) {
      int index = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
      for (; component < index - 1; component++) {
        bytes.write(DELIMITERS.component());
      }
      return;
    }
    int index = Integer.parseInt(name.substring(name.length() - 2));
    if (index == element) {
      bytes.write(DELIMITERS.repetition());
    }
    for (; element < index; element++) {
      bytes.write(DELIMITERS.element());
    }
    ElementType type = current.type().elements().get(index - 1);
    composite = type.isComposite() ? type : null;
    component = 0;
  }

  @Override
  public void text(String text) {
    if (slot != null) {
      write(text);
    }
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void end(String name) {
    Slot current = slot;
    ElementType outer = composite;
    Loop open = loop;
    if (current != null && name.equals(current.name())) {
      deliver(current);
      slot = null;
    } else if (outer != null && name.equals(outer.name())) {
      composite = null;
    } else if (current == null && open != null && name.equals(open.name())) {
      if (open == transaction) {
        endSet(SetEnd.CLOSED);
      }
      loop = open.parent();
    }
  }

  private void deliver(Slot filled) {
    segment.bytes = bytes.toByteArray();
    segment.start = 0;
    segment.end = segment.bytes.length;
    segment.split();
    segment.slot = filled;
    segment.loop = filled.loop();
    segment.opensLoop = loopStarts;
    loopStarts = false;
    segment.numberInFile++;
    if (inSet) {
      segment.numberInSet++;
    }
    switch (filled.type().tag()) {
      case "ISA" -> interchangeControl = segment.text(13);
      case "GS" -> groupControl = segment.text(6);
      case "ST" -> {
        inSet = true;
        segment.numberInSet = 1;
        segment.transactionSet = interchangeControl + "/" + groupControl + "/" + segment.text(2);
      }
      default -> {
        // the other segments have no part in the place of those after them
      }
    }
    handler.segment(segment);
  }

  private void endSet(SetEnd end) {
    if (inSet) {
      inSet = false;
      segment.numberInSet = 0;
      segment.transactionSet = null;
      handler.endOfSet(end);
    }
  }

  @Override
  public void unmapped(String raw) {
    throw new IllegalStateException("an engine that gives elements refuses what it cannot map");
  }

  @Override
  public void finish() {
    endSet(SetEnd.CUT_OFF);
  }
}
