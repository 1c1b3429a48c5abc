/** The benchmark of the side that is found by meaning. */
@NullMarked
package dev.dise.bench.rag;

import org.jspecify.annotations.NullMarked;
