/**
 * Files as they come: kept first, whole and unchanged, then read in the background.
 *
 * <p>In: bytes from the upload page, the interface for programs, the inbox folder. Out: a {@link
 * org.openrcm.intake.Receipt} as soon as they are kept; later what came of each transaction set,
 * and findings at their segments. Never: a file that was acknowledged and is lost, a file loaded
 * twice, a file's name used as a path.
 */
@NullMarked
package org.openrcm.intake;

import org.jspecify.annotations.NullMarked;
