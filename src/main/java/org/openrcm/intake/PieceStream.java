package org.openrcm.intake;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file's bytes, piece after piece. */
final class PieceStream extends InputStream {
  private final RawStore store;
  private final UUID file;
  private final Deque<RawStore.Piece> fetched = new ArrayDeque<>();
  private long offset;
  private boolean ended;

  PieceStream(RawStore store, UUID file, long offset) {
    this.store = store;
    this.file = file;
    this.offset = offset;
  }

  @Override
  public int read() {
    RawStore.Piece piece = current();
    return piece == null ? -1 : piece.content().at((int) (offset++ - piece.start())) & 0xff;
  }

  @Override
  public int read(byte[] to, int at, int length) {
    if (length == 0) {
      return 0;
    }
    RawStore.Piece piece = current();
    if (piece == null) {
      return -1;
    }
    int count = (int) Math.min(length, piece.end() - offset);
    piece.content().copy((int) (offset - piece.start()), to, at, count);
    offset += count;
    return count;
  }

  @Override
  public int available() {
    RawStore.Piece piece = current();
    return piece == null ? 0 : (int) (piece.end() - offset);
  }

  private RawStore.@Nullable Piece current() {
    RawStore.Piece first = fetched.peek();
    if (first != null && offset < first.end()) {
      return first;
    }
    fetched.poll();
    if (fetched.isEmpty() && !ended) {
      fetched.addAll(store.pieces(file, offset));
      ended = fetched.isEmpty();
    }
    RawStore.Piece next = fetched.peek();
    if (next == null || offset >= next.end()) {
      ended = true;
      fetched.clear();
      return null;
    }
    return next;
  }
}
