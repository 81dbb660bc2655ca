package org.openrcm.collections;

import java.util.List;
import org.openrcm.identity.Colleague;

/** Collectors who work the same queues. */
record Team(long number, String name, List<Colleague> members) {}
