package org.openrcm.intake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.vault.FieldKeys;

/**
 * Whether the files of a practice are kept as they were received, by the length and the SHA-256
 * that were taken when they came. It stands on no server and writes nothing; each byte is read
 * once, and a few pieces are in memory.
 */
public final class FilesVerification {
  private static final int FILES_AT_ONCE = 1_000;
  private static final int PIECES_AT_ONCE = 8;

  /** The practice whose rows are seen, which the caller has set. */
  private static final String OF_THE_PRACTICE =
      " practice_id = current_setting('app.practice')::uuid ";

  private static final String ORIGINALS =
      "select id, sha256, size from received_file where"
          + OF_THE_PRACTICE
          + "and duplicate_of is null and id > ? order by id limit "
          + FILES_AT_ONCE;

  private static final String PIECES =
      "select start, length, content from file_piece where"
          + OF_THE_PRACTICE
          + "and file_id = ? order by start";

  /** What rows say of files that are not there. */
  private static final String MISSING =
      """
      select format('file %%s repeats file %%s, which is not there with the same bytes', d.id,
        d.duplicate_of)
      from (select * from received_file where %1$s) d
      left join received_file o on o.practice_id = d.practice_id and o.id = d.duplicate_of
        and o.duplicate_of is null and o.sha256 = d.sha256
      where d.duplicate_of is not null and o.id is null
      union all
      select format('file %%s is not there, and pieces of it are', p.file_id)
      from (select distinct practice_id, file_id from file_piece where %1$s) p
      left join received_file f on f.practice_id = p.practice_id and f.id = p.file_id
      where f.id is null
      union all
      select format('file %%s is not there, and what was read from it is: %%s %%s', r.file_id,
        r.what, r.number)
      from (
        select practice_id, file_id, 'remittance' as what, number from remittance where %1$s
        union all
        select practice_id, file_id, 'submission', number from submission where %1$s
        union all
        select practice_id, file_id, 'acknowledgement', number from acknowledgement
        where %1$s) r
      left join received_file f on f.practice_id = r.practice_id and f.id = r.file_id
      where f.id is null
      """
          .formatted(OF_THE_PRACTICE);

  private final Connection connection;
  private final @Nullable FieldKeys keys;
  private final Consumer<String> fault;
  private long files;
  private long bytes;

  private FilesVerification(
      Connection connection, @Nullable FieldKeys keys, Consumer<String> fault) {
    this.connection = connection;
    this.keys = keys;
    this.fault = fault;
  }

  /**
   * What was looked at.
   *
   * @param files all of them, those too that repeat another one
   * @param bytes that are kept
   */
  public record Seen(long files, long bytes) {}

  private record Kept(UUID id, String sha256, long size) {}

  /**
   * Verifies the files of the practice that {@code app.practice} names.
   *
   * @param connection in a transaction
   * @param keys of the practice; null when they are not to be had
   * @param fault told what is wrong, with the file's id
   */
  public static Seen of(Connection connection, @Nullable FieldKeys keys, Consumer<String> fault)
      throws SQLException {
    FilesVerification verification = new FilesVerification(connection, keys, fault);
    verification.missing();
    verification.originals();
    return new Seen(verification.files + verification.duplicates(), verification.bytes);
  }

  private void missing() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(MISSING)) {
      while (rows.next()) {
        fault.accept(rows.getString(1));
      }
    }
  }

  private long duplicates() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row =
            query.executeQuery(
                "select count(*) from received_file where"
                    + OF_THE_PRACTICE
                    + "and duplicate_of is not null")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void originals() throws SQLException {
    Savepoint before = connection.setSavepoint();
    UUID last = new UUID(0, 0);
    List<Kept> some;
    do {
      some = after(last);
      for (Kept file : some) {
        files++;
        try {
          String trouble = trouble(file);
          if (trouble != null) {
            fault.accept("file " + file.id() + ": " + trouble);
          }
        } catch (SQLException e) {
          if (!isDamage(e)) {
            throw e;
          }
          connection.rollback(before);
          fault.accept("file " + file.id() + ": the database cannot read it, " + e.getMessage());
        }
        last = file.id();
      }
    } while (some.size() == FILES_AT_ONCE);
    connection.releaseSavepoint(before);
  }

  /** Whether the database found that its own files are not as it wrote them. */
  public static boolean isDamage(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.startsWith("XX");
  }

  private List<Kept> after(UUID last) throws SQLException {
    List<Kept> some = new ArrayList<>(FILES_AT_ONCE);
    try (PreparedStatement query = connection.prepareStatement(ORIGINALS)) {
      query.setObject(1, last);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          some.add(
              new Kept(
                  rows.getObject(1, UUID.class),
                  HexFormat.of().formatHex(rows.getBytes(2)),
                  rows.getLong(3)));
        }
      }
    }
    return some;
  }

  /** What is wrong with the bytes of a file; null when nothing is. */
  private @Nullable String trouble(Kept file) throws SQLException {
    MessageDigest digest = RawStore.sha256();
    long end = 0;
    try (PreparedStatement query = connection.prepareStatement(PIECES)) {
      query.setFetchSize(PIECES_AT_ONCE);
      query.setObject(1, file.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          if (rows.getLong(1) != end) {
            return String.format(Locale.ROOT, "bytes %,d to %,d are gone", end, rows.getLong(1));
          }
          byte[] content = rows.getBytes(3);
          if (keys == null && FieldKeys.isClosed(content)) {
            return "its key is not here";
          }
          byte[] piece = piece(file.id(), end, content, rows.getInt(2));
          if (piece == null) {
            return String.format(Locale.ROOT, "the piece from byte %,d on was changed", end);
          }
          digest.update(piece);
          end += piece.length;
          bytes += piece.length;
        }
      }
    }
    if (end != file.size()) {
      return String.format(Locale.ROOT, "%,d bytes are there of %,d", end, file.size());
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    return hash.equals(file.sha256())
        ? null
        : "its SHA-256 is " + hash + " and was " + file.sha256() + " when it came";
  }

  private byte @Nullable [] piece(UUID file, long start, byte[] content, int length) {
    if (length < 0 || length > RawStore.PIECE) {
      return null;
    }
    try {
      byte[] piece =
          keys == null
              ? Zstd.decompress(content, length)
              : RawStore.piece(keys, file, start, content, length);
      return piece.length == length ? piece : null;
    } catch (ZstdException | IllegalStateException e) {
      return null;
    }
  }
}
