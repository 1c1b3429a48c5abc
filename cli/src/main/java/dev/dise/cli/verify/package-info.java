/** Commands that say whether everything is where it belongs. */
@NullMarked
package dev.dise.cli.verify;

import org.jspecify.annotations.NullMarked;
