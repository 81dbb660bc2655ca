package org.openrcm.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from received to loaded. Its state changes by the verbs here and no other way;
 * a verb that does not fit the state throws {@link IllegalStateException}.
 */
@Entity
@Table(name = "received_file")
@DynamicUpdate // how far reading is gets written beside this, once a second
class ReceivedFile {
  /** Random, so it is enough by itself; the practice is seen to by row-level security. */
  @Id private UUID id;

  @Column(name = "name", updatable = false)
  private String name;

  @Column(name = "sha256", updatable = false)
  private byte[] sha256;

  @Column(name = "size", updatable = false)
  private long size;

  @Column(name = "x12_size")
  private @Nullable Long x12Size;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private FileState state;

  @Column(name = "duplicate_of", updatable = false)
  private @Nullable UUID duplicateOf;

  @Column(name = "read_bytes")
  private long readBytes;

  @Column(name = "sets")
  private int sets;

  @Column(name = "claims")
  private int claims;

  @Column(name = "errors")
  private int errors;

  @Column(name = "warnings")
  private int warnings;

  @Column(name = "started_at")
  private @Nullable Instant startedAt;

  @Column(name = "finished_at")
  private @Nullable Instant finishedAt;

  @Column(name = "trouble")
  private @Nullable String trouble;

  @Version
  @Column(name = "version")
  private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it from the row
  protected ReceivedFile() {}

  UUID id() {
    return id;
  }

  String name() {
    return name;
  }

  String sha256() {
    return HexFormat.of().formatHex(sha256);
  }

  long size() {
    return size;
  }

  FileState state() {
    return state;
  }

  /** Whose bytes are this file's: its own, or those of the file that it repeats. */
  UUID bytesOf() {
    UUID original = duplicateOf;
    return original == null ? id : original;
  }

  /** Begins to read it, or begins again when reading was broken off. */
  void startReading(Instant now) {
    require("read", FileState.RECEIVED, FileState.READING);
    state = FileState.READING;
    startedAt = now;
    finishedAt = null;
    readBytes = 0;
    trouble = null;
  }

  /** Something in it was loaded; {@code remark} says what else there is to know, in plain words. */
  void loaded(Reading reading, @Nullable String remark, Instant now) {
    require("be loaded", FileState.READING);
    finish(FileState.LOADED, reading, remark, now);
  }

  /** Everything in it was there before. */
  void repeats(Reading reading, Instant now) {
    require("be a duplicate", FileState.READING);
    finish(FileState.DUPLICATE, reading, null, now);
  }

  /** Nothing in it can be loaded; {@code why} in plain words. */
  void quarantine(Reading reading, String why, Instant now) {
    require("be quarantined", FileState.RECEIVED, FileState.READING);
    finish(FileState.QUARANTINED, reading, why, now);
  }

  /** Is to be read again. */
  void retry() {
    if (!canBeRetried()) {
      throw new IllegalStateException("a file that is " + state + " cannot be read again");
    }
    state = FileState.RECEIVED;
    readBytes = 0;
    trouble = null;
    sets = 0;
    claims = 0;
    errors = 0;
    warnings = 0;
  }

  /** Whether reading it again may bring something: it holds what was not loaded. */
  boolean canBeRetried() {
    return state == FileState.QUARANTINED || (state == FileState.LOADED && errors > 0);
  }

  private void finish(FileState end, Reading reading, @Nullable String why, Instant now) {
    state = end;
    x12Size = reading.x12Size();
    readBytes = size;
    sets = reading.sets();
    claims = reading.claims();
    errors = reading.errors();
    warnings = reading.warnings();
    trouble = why;
    finishedAt = now;
  }

  private void require(String verb, FileState... states) {
    if (!Set.of(states).contains(state)) {
      throw new IllegalStateException("a file that is " + state + " cannot " + verb);
    }
  }

  /**
   * What reading came to.
   *
   * @param x12Size bytes of X12, as far as they were read; null when that is not known
   * @param sets transaction sets that are loaded, now or before
   * @param claims on them
   */
  record Reading(@Nullable Long x12Size, int sets, int claims, int errors, int warnings) {
    static final Reading NONE = new Reading(null, 0, 0, 0, 0);
  }
}
