/** {@code ./dise backup} and {@code ./dise restore}: the whole line as a folder of files, and back. */
@NullMarked
package dev.dise.cli.backup;

import org.jspecify.annotations.NullMarked;
