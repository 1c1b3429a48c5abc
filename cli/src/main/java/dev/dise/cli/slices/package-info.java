/** Commands about part of what has passed the line: replay it, route it anew, forget it. */
@NullMarked
package dev.dise.cli.slices;

import org.jspecify.annotations.NullMarked;
