/** What the commands show on a terminal: tables, bars, and the wait for the line. */
@NullMarked
package dev.dise.cli.terminal;

import org.jspecify.annotations.NullMarked;
