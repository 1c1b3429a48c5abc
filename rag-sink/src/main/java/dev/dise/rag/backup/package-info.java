/** The points of a collection as bytes and back, with all that the collection is made of. */
@NullMarked
package dev.dise.rag.backup;

import org.jspecify.annotations.NullMarked;
