/** Meaning into Qdrant, in two halves: embed from {@code dise.rag} to {@code dise.vectors}, write from there to Qdrant. */
@NullMarked
package dev.dise.rag;

import org.jspecify.annotations.NullMarked;
