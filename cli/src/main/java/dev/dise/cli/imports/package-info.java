/**
 * Reads what exists already: a DiSE memory or log files as events, and the data of events line by line. Lazy and in bounded
 * memory; every line is accounted for. An import is repeatable: the same input gives the same events with the same ids.
 */
@NullMarked
package dev.dise.cli.imports;

import org.jspecify.annotations.NullMarked;
