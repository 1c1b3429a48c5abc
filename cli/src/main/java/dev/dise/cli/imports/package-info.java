/**
 * Reads what exists already, a DiSE memory or log files, as events. Lazy, in bounded memory, and repeatable: the same
 * input gives the same events with the same ids, however often it is imported. Every line is accounted for.
 */
@NullMarked
package dev.dise.cli.imports;

import org.jspecify.annotations.NullMarked;
