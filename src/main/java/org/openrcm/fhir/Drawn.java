package org.openrcm.fhir;

import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource drawn from rows.
 *
 * @param patients whose data it shows
 */
record Drawn(Row row, Resource resource, Set<UUID> patients) {}
