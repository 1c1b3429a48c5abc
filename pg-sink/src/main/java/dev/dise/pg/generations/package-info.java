/** Generations of the tables: which there are, how a new one is built beside the live one, and what readers see. */
@NullMarked
package dev.dise.pg.generations;

import org.jspecify.annotations.NullMarked;
