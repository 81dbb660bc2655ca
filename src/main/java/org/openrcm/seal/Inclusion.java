package org.openrcm.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.seal.SealedLog.Sealed;

/**
 * The proof that an entry is in the record, for somebody who does not get to see the rest: the
 * entry, the hashes that lead from it to the root of its chain, and the signed checkpoint with that
 * root, in the form that transparency logs use (C2SP tlog-proof). {@code src/docs/CheckEntry.java}
 * checks it.
 */
public final class Inclusion {
  private static final String FORM = "c2sp.org/tlog-proof@v1";

  private final long id;
  private final List<Hash> leaves = new ArrayList<>();
  private String chain = "";
  private int place;
  private @Nullable Entry entry;

  private Inclusion(long id) {
    this.id = id;
  }

  /**
   * Proves an entry.
   *
   * @param id of the entry
   * @param folder with the checkpoints
   * @return empty when it was not sealed, or is not under a checkpoint yet
   * @throws IOException when the record cannot be read
   */
  public static Optional<String> prove(long id, SealedLog log, Path folder) throws IOException {
    Inclusion inclusion = new Inclusion(id);
    log.sealed(line -> inclusion.take(Sealed.parse(line)));
    Entry entry = inclusion.entry;
    if (entry == null) {
      return Optional.empty();
    }
    return inclusion.checkpoint(new SealFolder(folder)).map(note -> inclusion.write(entry, note));
  }

  /** Keeps the leaves of the chain that the entry is in, and lets go of those before it. */
  private void take(Sealed sealed) {
    if (!sealed.chain().equals(chain)) {
      if (entry != null) {
        return;
      }
      chain = sealed.chain();
      leaves.clear();
    }
    Long its = sealed.id();
    if (its != null && its == id) {
      place = leaves.size();
      entry = sealed.entry();
    }
    Hash leaf = sealed.leaf();
    if (leaf != null) {
      leaves.add(leaf);
    }
  }

  /** The first one that the entry is under. */
  private Optional<Note> checkpoint(SealFolder folder) throws IOException {
    List<VerifyingKey> keys = SealKeys.known(folder, List.of());
    for (Path file : folder.checkpoints()) {
      for (String written : SealFolder.notes(file)) {
        if (Note.isWhole(written) && written.startsWith(Note.ORIGIN + chain + "\n")) {
          Note note = Note.parse(written);
          long size = Checkpoint.of(note).size();
          if (size > place && size <= leaves.size() && keys.stream().anyMatch(note::isSignedBy)) {
            return Optional.of(note);
          }
        }
      }
    }
    return Optional.empty();
  }

  private String write(Entry proven, Note note) {
    StringBuilder proof = new StringBuilder(FORM).append('\n');
    Base64.Encoder base64 = Base64.getEncoder();
    proof.append("extra ").append(base64.encodeToString(proven.bytes())).append('\n');
    proof.append("index ").append(place).append('\n');
    List<Hash> under = leaves.subList(0, (int) Checkpoint.of(note).size());
    for (Hash hash : Tree.path(under, place)) {
      proof.append(base64.encodeToString(hash.bytes())).append('\n');
    }
    return proof.append('\n').append(note.written()).toString();
  }
}
