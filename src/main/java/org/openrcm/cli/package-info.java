/**
 * The command line. For files: {@code convert}, {@code validate}, {@code acknowledge}, {@code
 * show}, {@code transform}; to make some up: {@code generate}, {@code simulate-payer}; the server:
 * {@code serve}; for what a server keeps: {@code backup}, {@code verify-data}, {@code
 * verify-audit}, {@code export-audit}, {@code prove-entry}.
 *
 * <p>In: arguments and files. Out: text on standard output, findings and progress on standard
 * error, an exit code (0 clean, 1 findings, 2 unreadable). Never: a stack trace for bad input, or,
 * but for {@code serve}, a framework that must start first.
 */
@NullMarked
package org.openrcm.cli;

import org.jspecify.annotations.NullMarked;
