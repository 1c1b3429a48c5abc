/** Shows what passes on a topic, as it passes. */
@NullMarked
package dev.dise.cli.tail;

import org.jspecify.annotations.NullMarked;
