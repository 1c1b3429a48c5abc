/**
 * The tables of a generation as files and back: every row and the offsets that the rows came from, as they were in one
 * moment.
 */
@NullMarked
package dev.dise.pg.backup;

import org.jspecify.annotations.NullMarked;
