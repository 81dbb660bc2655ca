/**
 * The command line: {@code convert}, {@code validate}, {@code show}, {@code transform}, {@code
 * serve}.
 *
 * <p>In: arguments and files. Out: text on standard output, findings and progress on standard
 * error, an exit code (0 clean, 1 findings, 2 unreadable). Never: a stack trace for bad input, or,
 * but for {@code serve}, a framework that must start first.
 */
@NullMarked
package org.openrcm.cli;

import org.jspecify.annotations.NullMarked;
