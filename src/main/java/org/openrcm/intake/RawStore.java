package org.openrcm.intake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.vault.FieldKeys;
import org.openrcm.vault.FieldVault;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the bytes of files, as received, in the database: cut into pieces, each compressed and
 * encrypted by itself, so that neither writing nor reading holds more than a few pieces in memory.
 */
@Component
class RawStore {
  /** Bytes in each piece but the last. */
  static final int PIECE = 1 << 18;

  private static final int PIECES_AT_ONCE = 8;
  private static final int LEVEL = 3;

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;
  private final FieldVault vault;

  RawStore(JdbcTemplate database, PlatformTransactionManager transactions, FieldVault vault) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.vault = vault;
  }

  /**
   * What was written.
   *
   * @param sha256 in lower-case hexadecimal
   */
  record Written(String sha256, long size) {}

  /** A piece as it was before compression. */
  record Piece(long start, Bytes content) {
    long end() {
      return start + content.length();
    }
  }

  /** Bytes that nobody changes. */
  static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    int length() {
      return bytes.length;
    }

    byte at(int index) {
      return bytes[index];
    }

    void copy(int from, byte[] to, int at, int length) {
      System.arraycopy(bytes, from, to, at, length);
    }
  }

  /**
   * Writes all bytes of {@code in} for the file, in the transaction that is running.
   *
   * @throws TooLarge when there are more than {@code most}
   * @throws IOException when the sender breaks off
   */
  Written write(UUID file, InputStream in, long most) throws IOException {
    UUID practice = Actor.currentPractice();
    MessageDigest digest = sha256();
    List<Object[]> rows = new ArrayList<>(PIECES_AT_ONCE);
    byte[] buffer = new byte[PIECE];
    long size = 0;
    try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true)) {
      for (int read = fill(in, buffer); read > 0; read = fill(in, buffer)) {
        if (size + read > most) {
          throw new TooLarge(most);
        }
        digest.update(buffer, 0, read);
        byte[] closed = vault.keys().close(compress(zstd, buffer, read), place(file, size));
        rows.add(new Object[] {practice, file, size, read, closed});
        size += read;
        if (rows.size() == PIECES_AT_ONCE) {
          insert(rows);
        }
      }
    }
    insert(rows);
    return new Written(HexFormat.of().formatHex(digest.digest()), size);
  }

  /** Of a piece, which opens nowhere else. */
  private static String place(UUID file, long start) {
    return "file-piece/" + file + "/" + start;
  }

  /**
   * A piece as it came; those from before pieces were encrypted are compressed only.
   *
   * @throws IllegalStateException when it was changed, or its key is another
   */
  static byte[] piece(FieldKeys keys, UUID file, long start, byte[] content, int length) {
    return Zstd.decompress(
        FieldKeys.isClosed(content) ? keys.open(content, place(file, start)) : content, length);
  }

  private static int fill(InputStream in, byte[] buffer) throws IOException {
    return in.readNBytes(buffer, 0, buffer.length);
  }

  private static byte[] compress(ZstdCompressCtx zstd, byte[] buffer, int length) {
    byte[] room = new byte[(int) Zstd.compressBound(length)];
    int compressed = zstd.compressByteArray(room, 0, room.length, buffer, 0, length);
    return Arrays.copyOf(room, compressed);
  }

  private void insert(List<Object[]> rows) {
    database.batchUpdate(
        "insert into file_piece (practice_id, file_id, start, length, content)"
            + " values (?, ?, ?, ?, ?)",
        rows);
    rows.clear();
  }

  /**
   * The bytes of a file as received, from {@code offset} on. Pieces are fetched as they are read,
   * each time in the running transaction or in a short one of their own.
   *
   * <p>A database that fails while they are read throws {@link
   * org.springframework.dao.DataAccessException}, never {@link IOException}: nobody is to take it
   * for the end of the file.
   */
  InputStream openAt(UUID file, long offset) {
    return new PieceStream(this, file, offset);
  }

  /**
   * All bytes of a file, as received.
   *
   * @param sha256 what they must hash to, in hexadecimal; when they do not, the read that comes to
   *     their end throws {@link IllegalStateException}
   */
  InputStream open(UUID file, String sha256) {
    return new CheckedStream(openAt(file, 0), sha256);
  }

  /** The next few pieces from the one on that holds the byte at {@code offset}. */
  List<Piece> pieces(UUID file, long offset) {
    long first = offset - offset % PIECE;
    List<Piece> pieces =
        transaction.execute(
            status ->
                database.query(
                    """
                    select start, length, content from file_piece
                    where practice_id = ? and file_id = ? and start >= ?
                    order by start limit ?
                    """,
                    (row, number) ->
                        new Piece(
                            row.getLong(1),
                            new Bytes(
                                piece(
                                    vault.keys(),
                                    file,
                                    row.getLong(1),
                                    row.getBytes(3),
                                    row.getInt(2)))),
                    Actor.currentPractice(),
                    file,
                    first,
                    PIECES_AT_ONCE));
    return pieces == null ? List.of() : pieces;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
