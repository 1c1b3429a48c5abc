/** Generations of the collection: built beside the live one from a topic, compared with it, switched to, rolled back, dropped. */
@NullMarked
package dev.dise.rag.generations;

import org.jspecify.annotations.NullMarked;
