package org.openrcm.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openrcm.seal.Fault.Kind;
import org.openrcm.seal.SealedLog.Sealed;
import org.openrcm.seal.SealedLog.Unsealed;

/**
 * Whether a record is as it was sealed, by nothing but the record, the checkpoints and the keys by
 * which they are signed. It stands on no server, reads each line once, and keeps of an entry no
 * more than a bit.
 */
public final class Verification {
  /** Faults that are told one by one. */
  private static final int MOST = 1_000;

  private final Checkpoints checkpoints;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<Long, BitSet> seen = new HashMap<>();
  private long total;
  private long entries;
  private long chains;
  private long waiting;

  private String chain = "";
  private Tree tree = new Tree();
  private NavigableMap<Long, Hash> ahead = new TreeMap<>();
  private long batch;
  private Hash root = Hash.over();

  /** How far the chain is vouched for; what is the matter lies behind it. */
  private long vouched;

  /** From here on nothing in the chain fits, which was told. */
  private boolean broken;

  private Verification(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
  }

  /**
   * What was found.
   *
   * @param entries sealed
   * @param waiting to be sealed
   * @param faults the first of them, in the order of chains and places
   * @param total how many there are
   */
  public record Report(
      long entries, long chains, long checkpoints, long waiting, List<Fault> faults, long total) {
    public boolean isClean() {
      return total == 0;
    }
  }

  /**
   * Verifies a record.
   *
   * @throws IOException when it cannot be read
   */
  public static Report of(SealedLog log, Checkpoints checkpoints) throws IOException {
    Verification verification = new Verification(checkpoints);
    checkpoints.faults().forEach(verification::found);
    log.sealed(line -> verification.sealed(Sealed.parse(line)));
    verification.endChain();
    verification.untouched();
    log.unsealed(line -> verification.unsealed(Unsealed.parse(line)));
    return new Report(
        verification.entries,
        verification.chains,
        checkpoints.count(),
        verification.waiting,
        List.copyOf(verification.faults),
        verification.total);
  }

  private void found(Fault fault) {
    total++;
    if (faults.size() < MOST) {
      faults.add(fault);
    }
  }

  private void sealed(Sealed sealed) {
    if (!sealed.chain().equals(chain)) {
      endChain();
      beginChain(sealed.chain());
    }
    if (sealed.number() != batch) {
      endBatch();
      beginBatch(sealed);
    }
    Long id = sealed.id();
    Hash leaf = sealed.leaf();
    if (id == null || leaf == null) {
      found(Fault.at(Kind.OUT_OF_ORDER, chain, tree.size() + 1, null));
      return;
    }
    entries++;
    if (wasSeen(id)) {
      found(Fault.at(Kind.TWICE, chain, tree.size() + 1, id));
    }
    Entry entry = sealed.entry();
    if (entry == null) {
      found(Fault.at(Kind.DELETED, chain, tree.size() + 1, id));
    } else if (!entry.hash().equals(leaf)) {
      found(Fault.at(Kind.CHANGED, chain, tree.size() + 1, id));
    }
    tree.add(leaf);
    compare();
  }

  private void beginChain(String next) {
    chain = next;
    chains++;
    tree = new Tree();
    ahead = checkpoints.of(next);
    batch = 0;
    vouched = 0;
    broken = false;
    if (checkpoints.count() == 0) {
      found(Fault.at(Kind.UNVOUCHED, chain, 1, null));
    }
  }

  private void beginBatch(Sealed first) {
    if (first.number() != batch + 1 || first.after() != tree.size()) {
      found(Fault.at(Kind.OUT_OF_ORDER, chain, tree.size() + 1, null));
    }
    batch = first.number();
    root = first.root();
  }

  private void endBatch() {
    if (batch > 0 && !broken && !tree.root().equals(root)) {
      resealed();
    }
  }

  /** The root at the size of a checkpoint is the one that was signed. */
  private void compare() {
    @Nullable Hash signed = ahead.get(tree.size());
    if (signed == null || broken) {
      return;
    }
    if (tree.root().equals(signed)) {
      vouched = tree.size();
    } else {
      resealed();
    }
  }

  private void resealed() {
    broken = true;
    found(Fault.between(Kind.RESEALED, chain, vouched + 1, tree.size()));
  }

  private void endChain() {
    if (chain.isEmpty()) {
      return;
    }
    endBatch();
    if (!ahead.isEmpty() && ahead.lastKey() > tree.size()) {
      found(Fault.between(Kind.CUT_OFF, chain, tree.size() + 1, ahead.lastKey()));
    }
    checkpoints.checked(chain);
  }

  /** Chains of which nothing is left but checkpoints. */
  private void untouched() {
    checkpoints
        .unchecked()
        .forEach((gone, sizes) -> found(Fault.between(Kind.CUT_OFF, gone, 1, sizes.lastKey())));
  }

  private void unsealed(Unsealed unsealed) {
    if (!unsealed.there()) {
      found(Fault.at(Kind.LOST, unsealed.chain(), 0, unsealed.id()));
    } else if (unsealed.waits()) {
      waiting++;
    } else {
      found(Fault.at(Kind.ADDED, unsealed.chain(), 0, unsealed.id()));
    }
  }

  /** Whether an entry was there before; ids come close to one another. */
  private boolean wasSeen(long id) {
    BitSet near = seen.computeIfAbsent(id >> 16, any -> new BitSet());
    int place = (int) (id & 0xffff);
    boolean before = near.get(place);
    near.set(place);
    return before;
  }
}
