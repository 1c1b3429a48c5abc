/** The flow of the line as a live screen. */
@NullMarked
package dev.dise.cli.top;

import org.jspecify.annotations.NullMarked;
