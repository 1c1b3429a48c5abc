/** A change of routing: what it would move, and the backfill of what it has moved. */
@NullMarked
package dev.dise.operations.routing;

import org.jspecify.annotations.NullMarked;
