package org.openrcm.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.SecretsVerification;
import org.openrcm.intake.FilesVerification;
import org.openrcm.vault.FieldKeys;
import org.openrcm.vault.FieldKeysVerification;
import org.openrcm.vault.Vault;

/**
 * Whether what a server keeps holds together, part by part and over all practices: after a restore,
 * or whenever somebody wants to know. It needs no running server, sees the database as it is at one
 * moment, and writes nothing. The audit record has a verification of its own (seal).
 */
public final class SystemVerification {
  /** Faults of a part that are told one by one. */
  private static final int MOST = 1_000;

  private static final String PAPERS =
      """
      select what || ' ' || number || ' is not the PDF that was sent' from (
        select 'statement' as what, number, pdf, pdf_hash from statement where %1$s
        union all
        select 'letter', letter_number, pdf, pdf_hash from letter_sent where %1$s) p
      where sha256(pdf) is distinct from pdf_hash
      """
          .formatted("practice_id = current_setting('app.practice')::uuid");

  private static final String COUNT_OF_PAPERS =
      """
      select (select count(*) from statement where %1$s),
        (select count(*) from letter_sent where %1$s)
      """
          .formatted("practice_id = current_setting('app.practice')::uuid");

  private final Connection connection;

  private SystemVerification(Connection connection) {
    this.connection = connection;
  }

  /**
   * What was found in a part of the system.
   *
   * @param name in a word
   * @param seen what was looked at, in numbers
   * @param faults the first of them, each in a sentence and without any patient's data
   * @param total how many there are
   * @param advice what to do when there are some
   */
  public record Part(String name, String seen, List<String> faults, long total, String advice) {
    public boolean isWhole() {
      return total == 0;
    }
  }

  /** What is looked at of one practice; gives numbers for {@link Part#seen}. */
  private interface Check {
    long[] of(Connection connection, Consumer<String> fault) throws SQLException;
  }

  private static final class Faults {
    private final List<String> first = new ArrayList<>();
    private long total;

    void add(String fault) {
      total++;
      if (first.size() < MOST) {
        first.add(fault);
      }
    }
  }

  /**
   * Verifies all but the audit record.
   *
   * @param connection as the owner of the tables, in no transaction; it is in one afterwards, to be
   *     rolled back
   * @param secrets the file with the keys of secrets
   * @param told each part as soon as it has been looked at
   */
  public static void of(Connection connection, Path secrets, Consumer<Part> told)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("set transaction isolation level repeatable read, read only");
    }
    SystemVerification verification = new SystemVerification(connection);
    Vault vault = vault(secrets);
    told.accept(
        verification.ofAllPractices(
            "books",
            "%,d entries with %,d lines",
            BooksVerification::of,
            "Rows were changed beside the server, or are lost: restore the database from a backup"
                + " in which the books are whole, and send in again what came since."));
    told.accept(
        verification.ofAllPractices(
            "files",
            "%,d received files with %,d bytes",
            (open, fault) -> files(open, vault, fault),
            "Restore the database from a backup in which these files are whole. A copy from"
                + " elsewhere is the same when its SHA-256 is."));
    told.accept(
        verification.ofAllPractices(
            "papers",
            "%,d statements and %,d letters",
            SystemVerification::papers,
            "These are not what patients got: restore them from a backup."));
    told.accept(verification.secrets(secrets));
  }

  /** Null when there is none; the part about secrets says why. */
  private static @Nullable Vault vault(Path secrets) {
    try {
      return Vault.of(secrets);
    } catch (IOException e) {
      return null;
    }
  }

  private static long[] files(Connection connection, @Nullable Vault vault, Consumer<String> fault)
      throws SQLException {
    FieldKeys keys = vault == null ? null : FieldKeys.of(connection, vault);
    FilesVerification.Seen seen = FilesVerification.of(connection, keys, fault);
    return new long[] {seen.files(), seen.bytes()};
  }

  private static long[] papers(Connection connection, Consumer<String> fault) throws SQLException {
    try (Statement query = connection.createStatement()) {
      try (ResultSet rows = query.executeQuery(PAPERS)) {
        while (rows.next()) {
          fault.accept(rows.getString(1));
        }
      }
      try (ResultSet row = query.executeQuery(COUNT_OF_PAPERS)) {
        row.next();
        return new long[] {row.getLong(1), row.getLong(2)};
      }
    }
  }

  private Part ofAllPractices(String name, String seen, Check check, String advice)
      throws SQLException {
    Faults faults = new Faults();
    long[] counts = new long[2];
    for (UUID practice : practices()) {
      see(practice);
      String where = "practice " + practice + ", ";
      long[] some = readable(connection, check, fault -> faults.add(where + fault));
      counts[0] += some[0];
      counts[1] += some[1];
    }
    return new Part(
        name,
        String.format(Locale.ROOT, seen, counts[0], counts[1]),
        List.copyOf(faults.first),
        faults.total,
        advice);
  }

  /** Pages of the database that are damaged end a check, and not the others. */
  private static long[] readable(Connection connection, Check check, Consumer<String> fault)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      long[] counts = check.of(connection, fault);
      connection.releaseSavepoint(before);
      return counts;
    } catch (SQLException e) {
      if (!FilesVerification.isDamage(e)) {
        throw e;
      }
      connection.rollback(before);
      fault.accept("the database cannot read its own pages, " + e.getMessage());
      return new long[2];
    }
  }

  private List<UUID> practices() throws SQLException {
    List<UUID> practices = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("select id from practice order by id")) {
      while (rows.next()) {
        practices.add(rows.getObject(1, UUID.class));
      }
    }
    return practices;
  }

  private void see(UUID practice) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('app.practice', ?, true)")) {
      set.setString(1, practice.toString());
      set.execute();
    }
  }

  private Part secrets(Path keys) throws SQLException {
    Faults faults = new Faults();
    String seen;
    try {
      Vault vault = Vault.of(keys);
      long[] signIns =
          readable(
              connection,
              (open, fault) -> new long[] {SecretsVerification.of(open, vault, fault)},
              faults::add);
      long ofPractices = 0;
      for (UUID practice : practices()) {
        see(practice);
        long[] some =
            readable(
                connection,
                (open, fault) -> new long[] {FieldKeysVerification.of(open, vault, fault)},
                faults::add);
        ofPractices += some[0];
      }
      seen =
          String.format(
              Locale.ROOT, "%,d of sign-ins and %,d of practices", signIns[0], ofPractices);
    } catch (IOException e) {
      faults.add(e.getMessage() == null ? keys + " cannot be read" : e.getMessage());
      seen = "none could be opened";
    }
    return new Part(
        "secrets",
        seen,
        List.copyOf(faults.first),
        faults.total,
        "Put back the file of keys that this database was used with, or name it with --secrets:"
            + " without it nobody signs in, and no received file, social security number or bank account"
            + " is read.");
  }
}
