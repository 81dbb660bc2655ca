package org.openrcm.seal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A Merkle tree that grows (RFC 9162 section 2.1, SHA-256). It keeps only its peaks, the roots of
 * the full trees that it is made of, the greatest first: a handful, however many leaves it has.
 */
final class Tree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private final Deque<Hash> peaks = new ArrayDeque<>();
  private long size;

  Tree() {}

  /**
   * The tree that has these peaks.
   *
   * @throws IllegalArgumentException when a tree of this size has not so many
   */
  Tree(long size, byte[] peaks) {
    if (peaks.length != Hash.LENGTH * Long.bitCount(size)) {
      throw new IllegalArgumentException("not the peaks of a tree with " + size + " leaves");
    }
    this.size = size;
    ByteBuffer rest = ByteBuffer.wrap(peaks);
    while (rest.hasRemaining()) {
      byte[] peak = new byte[Hash.LENGTH];
      rest.get(peak);
      this.peaks.addLast(Hash.of(peak));
    }
  }

  /** The hash of what is put in. */
  static Hash leaf(byte[] bytes) {
    return Hash.over(LEAF, bytes);
  }

  static Hash node(Hash left, Hash right) {
    return Hash.over(NODE, left.bytes(), right.bytes());
  }

  void add(Hash leaf) {
    Hash peak = leaf;
    // as many full trees become one as the size ends in ones
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      peak = node(peaks.removeLast(), peak);
    }
    peaks.addLast(peak);
    size++;
  }

  long size() {
    return size;
  }

  Hash root() {
    if (size == 0) {
      return Hash.over();
    }
    Iterator<Hash> smallestFirst = peaks.descendingIterator();
    Hash root = smallestFirst.next();
    while (smallestFirst.hasNext()) {
      root = node(smallestFirst.next(), root);
    }
    return root;
  }

  /** One after the other. */
  byte[] peaks() {
    ByteBuffer all = ByteBuffer.allocate(Hash.LENGTH * peaks.size());
    peaks.forEach(peak -> all.put(peak.bytes()));
    return all.array();
  }

  /**
   * The hashes that lead from a leaf to the root of these leaves, the nearest first (RFC 9162
   * section 2.1.3.1).
   *
   * @param place from zero
   */
  static List<Hash> path(List<Hash> leaves, int place) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    boolean isLeft = place < left;
    List<Hash> first = leaves.subList(0, left);
    List<Hash> second = leaves.subList(left, leaves.size());
    List<Hash> path = isLeft ? path(first, place) : path(second, place - left);
    path.add(root(isLeft ? second : first));
    return path;
  }

  private static Hash root(List<Hash> leaves) {
    Tree tree = new Tree();
    leaves.forEach(tree::add);
    return tree.root();
  }
}
