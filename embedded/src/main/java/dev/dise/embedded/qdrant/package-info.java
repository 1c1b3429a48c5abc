/** The Qdrant contract over Lucene: gRPC services in front, one index per collection behind. */
@NullMarked
package dev.dise.embedded.qdrant;

import org.jspecify.annotations.NullMarked;
