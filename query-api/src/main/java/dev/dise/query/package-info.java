/** The read side over HTTP: what PostgreSQL filters and counts, what Qdrant finds by meaning. It never writes. */
@NullMarked
package dev.dise.query;

import org.jspecify.annotations.NullMarked;
