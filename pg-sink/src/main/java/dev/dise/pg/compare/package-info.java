/**
 * Compares the tables with the topic that they come from, and mends them. What they should hold is made by the code that
 * writes them, into tables beside; PostgreSQL compares the two inside one snapshot.
 */
@NullMarked
package dev.dise.pg.compare;

import org.jspecify.annotations.NullMarked;
