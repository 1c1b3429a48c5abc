/** Commands that follow single events through the line. */
@NullMarked
package dev.dise.cli.trace;

import org.jspecify.annotations.NullMarked;
