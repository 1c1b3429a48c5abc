/** The read side over HTTP: what PostgreSQL filters and counts, what Qdrant finds by meaning. Only operators write through it. */
@NullMarked
package dev.dise.query;

import org.jspecify.annotations.NullMarked;
