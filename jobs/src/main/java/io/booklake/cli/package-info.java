/**
 * The command line: {@link io.booklake.cli.Main}, one small class per command, and how results and
 * errors are shown.
 */
package io.booklake.cli;
