/** The console: files that a browser is given, and events as they pass. */
@NullMarked
package dev.dise.query.console;

import org.jspecify.annotations.NullMarked;
