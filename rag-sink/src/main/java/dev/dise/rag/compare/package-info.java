/** Compares a collection with the vectors topic that it comes from, and mends it. */
@NullMarked
package dev.dise.rag.compare;

import org.jspecify.annotations.NullMarked;
