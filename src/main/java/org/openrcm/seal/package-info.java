/**
 * The seal on the audit record: nobody can change, add or take away an entry unseen.
 *
 * <p>In: entries of {@code audit_event}, each hashed as {@link org.openrcm.seal.Entry} says. Out:
 * batches in the database that give the entries of a practice an order without gaps and the root of
 * a Merkle tree (RFC 9162) over all of them; checkpoints signed by a key that the database does not
 * know, in a folder outside it (signed notes, as transparency logs write them); a {@link
 * org.openrcm.seal.Verification} that needs no server and names the first entry that is not as it
 * was; a {@link org.openrcm.seal.Inclusion} that an outsider can check. Never: a writer that waits
 * for the sealer, a key in the database, an entry's text in a checkpoint.
 *
 * <p>What it cannot show: an entry taken away in the second before it is sealed, and what somebody
 * does who has both the database and the key; against the latter a copy of the checkpoints belongs
 * where neither is.
 */
@NullMarked
package org.openrcm.seal;

import org.jspecify.annotations.NullMarked;
