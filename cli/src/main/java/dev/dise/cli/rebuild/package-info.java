/** {@code ./dise rebuild}: generations of the stores, from the command line. */
@NullMarked
package dev.dise.cli.rebuild;

import org.jspecify.annotations.NullMarked;
