/** The whole system in one process without Docker: real broker, real PostgreSQL, the embedded vector store, all services. */
@NullMarked
package dev.dise.localdev;

import org.jspecify.annotations.NullMarked;
