/** Rebuilding a store beside itself, and choosing which generation readers see. */
@NullMarked
package dev.dise.cli.rebuild;

import org.jspecify.annotations.NullMarked;
