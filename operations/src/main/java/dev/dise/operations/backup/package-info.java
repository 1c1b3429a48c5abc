/**
 * The whole line as a folder of files, taken while it runs, and back into an empty line elsewhere, which goes on where this
 * one was.
 */
@NullMarked
package dev.dise.operations.backup;

import org.jspecify.annotations.NullMarked;
