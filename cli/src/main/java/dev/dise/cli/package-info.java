/** The {@code dise} command. */
@NullMarked
package dev.dise.cli;

import org.jspecify.annotations.NullMarked;
