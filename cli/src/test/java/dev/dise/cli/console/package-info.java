/** The console in a real browser. */
@NullMarked
package dev.dise.cli.console;

import org.jspecify.annotations.NullMarked;
