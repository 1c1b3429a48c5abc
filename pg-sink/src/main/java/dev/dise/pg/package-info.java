/** Batches into PostgreSQL: each event once, entities at their newest version. The only room that writes SQL. */
@NullMarked
package dev.dise.pg;

import org.jspecify.annotations.NullMarked;
