package org.openrcm.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
  private static Hash leaf(String bytes) {
    return Tree.leaf(bytes.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Hash> leaves(int count) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(leaf("entry " + i));
    }
    return leaves;
  }

  /** RFC 9162 section 2.1.1, word for word: slow, and by nothing that the tree uses. */
  private static Hash rootByDefinition(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = 1;
    while (split * 2 < leaves.size()) {
      split *= 2;
    }
    return Tree.node(
        rootByDefinition(leaves.subList(0, split)),
        rootByDefinition(leaves.subList(split, leaves.size())));
  }

  @Test
  void anEmptyTreeIsTheHashOfNothing() {
    assertThat(new Tree().root().toString())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aLeafOfNothingIsTheHashOfAZeroByte() {
    assertThat(leaf("").toString())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Test
  void itGrowsAsTheDefinitionSays() {
    Tree tree = new Tree();
    List<Hash> leaves = leaves(130);
    for (int size = 1; size <= leaves.size(); size++) {
      tree.add(leaves.get(size - 1));
      assertThat(tree.root()).isEqualTo(rootByDefinition(leaves.subList(0, size)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 64, 100})
  void itGoesOnFromItsPeaks(int before) {
    List<Hash> leaves = leaves(130);
    Tree whole = new Tree();
    leaves.subList(0, before).forEach(whole::add);
    Tree again = new Tree(whole.size(), whole.peaks());
    leaves.subList(before, leaves.size()).forEach(whole::add);
    leaves.subList(before, leaves.size()).forEach(again::add);
    assertThat(again.root()).isEqualTo(whole.root());
  }

  @Test
  void peaksOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> new Tree(3, new byte[Hash.LENGTH]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
