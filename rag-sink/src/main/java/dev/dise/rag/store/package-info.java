/** What Qdrant holds: the collections of a store's generations, what each says of itself, and which one readers see. */
@NullMarked
package dev.dise.rag.store;

import org.jspecify.annotations.NullMarked;
