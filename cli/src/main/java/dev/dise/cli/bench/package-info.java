/** What a benchmark is and what it reports; the benchmarks themselves are a module of their own. */
@NullMarked
package dev.dise.cli.bench;

import org.jspecify.annotations.NullMarked;
