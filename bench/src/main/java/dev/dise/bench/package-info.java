/** Benchmarks of the line against limits and peers, measured in one run on the same data. */
@NullMarked
package dev.dise.bench;

import org.jspecify.annotations.NullMarked;
