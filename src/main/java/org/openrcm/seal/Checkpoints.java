package org.openrcm.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.openrcm.seal.Fault.Kind;

/** What was signed outside the database, as far as its signatures hold. */
public final class Checkpoints {
  private final Map<String, NavigableMap<Long, Hash>> chains = new HashMap<>();
  private final Set<String> checked = new HashSet<>();
  private final List<Fault> faults = new ArrayList<>();
  private long count;

  private Checkpoints() {}

  /**
   * Those of folders: of each node of a server, or copies that somebody else kept.
   *
   * @param keys written verifying keys that are known from elsewhere; with none the folders' own
   *     first keys are believed
   */
  public static Checkpoints read(List<Path> folders, List<String> keys) throws IOException {
    Checkpoints checkpoints = new Checkpoints();
    List<VerifyingKey> trusted = keys.stream().map(VerifyingKey::parse).toList();
    for (Path folder : folders) {
      checkpoints.read(new SealFolder(folder), trusted);
    }
    return checkpoints;
  }

  private void read(SealFolder folder, List<VerifyingKey> trusted) throws IOException {
    List<VerifyingKey> keys;
    try {
      keys = SealKeys.known(folder, trusted);
    } catch (RuntimeException e) {
      // whatever stands there, it is no note of a key
      faults.add(forged("keys.txt"));
      return;
    }
    for (Path file : folder.checkpoints()) {
      int place = 0;
      for (String written : SealFolder.notes(file)) {
        place++;
        // a write that was cut off: the next start wrote it again
        if (Note.isWhole(written) && !add(written, keys)) {
          faults.add(forged(file.getFileName() + ", note " + place));
        }
      }
    }
  }

  private boolean add(String written, List<VerifyingKey> keys) {
    try {
      Note note = Note.parse(written);
      if (keys.stream().noneMatch(note::isSignedBy)) {
        return false;
      }
      Checkpoint checkpoint = Checkpoint.of(note);
      count++;
      NavigableMap<Long, Hash> sizes =
          chains.computeIfAbsent(checkpoint.chain(), any -> new TreeMap<>());
      Hash before = sizes.put(checkpoint.size(), checkpoint.root());
      return before == null || before.equals(checkpoint.root());
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static Fault forged(String where) {
    return new Fault(Kind.FORGED, null, 0, 0, null, where);
  }

  long count() {
    return count;
  }

  List<Fault> faults() {
    return faults;
  }

  /** Roots by size. */
  NavigableMap<Long, Hash> of(String chain) {
    return chains.getOrDefault(chain, new TreeMap<>());
  }

  void checked(String chain) {
    checked.add(chain);
  }

  Map<String, NavigableMap<Long, Hash>> unchecked() {
    Map<String, NavigableMap<Long, Hash>> rest = new TreeMap<>(chains);
    rest.keySet().removeAll(checked);
    return rest;
  }
}
