package org.openrcm.x12;

/**
 * The loops around transaction sets, the same for all of them: Interchange (ISA, TA1, Group, IEA)
 * and Group (GS, Transaction, GE). Element types come from {@code x12.dfdl.xsd}.
 */
final class Envelope {
  private static final String FILE = "x12" + Mappings.SUFFIX;
  private static final int TRANSACTION = 1;

  final Loop interchange = new Loop("Interchange", 0, 1, Integer.MAX_VALUE);
  final Loop group = new Loop("Group", 2, 0, Integer.MAX_VALUE);

  /** A transaction set that no mapping describes: ST and SE are known, the rest is not. */
  final Loop unknown = new Loop("Transaction", TRANSACTION, 0, Integer.MAX_VALUE);

  final Slot isa;
  final Slot ta1;
  final Slot iea;
  final Slot gs;
  final Slot ge;
  final Slot st;
  final Slot se;

  Envelope(MappingCompiler compiler) {
    isa = slot(compiler, interchange, "ISA", 0);
    ta1 = slot(compiler, interchange, "TA1", 1);
    interchange.add(group);
    iea = slot(compiler, interchange, "IEA", 3);
    gs = slot(compiler, group, "GS", 0);
    group.add(unknown);
    ge = slot(compiler, group, "GE", 2);
    st = slot(compiler, unknown, "ST", 0);
    se = slot(compiler, unknown, "SE", 1);
  }

  void graft(Loop transaction) {
    transaction.graft(group, TRANSACTION);
  }

  private static Slot slot(MappingCompiler compiler, Loop loop, String tag, int position) {
    SegmentType type = compiler.segmentType(FILE, tag);
    int max = tag.equals("TA1") ? Integer.MAX_VALUE : 1;
    int min = tag.equals("TA1") ? 0 : 1;
    Slot slot = new Slot(tag, loop, position, min, max, type, Qualifier.NONE);
    loop.add(slot);
    return slot;
  }
}
