/** The benchmark of the side that is asked: every kind of question beside the bare call of its store. */
@NullMarked
package dev.dise.bench.query;

import org.jspecify.annotations.NullMarked;
