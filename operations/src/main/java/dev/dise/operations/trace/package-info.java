/** Where an event is: every place that it has passed, with the times between. */
@NullMarked
package dev.dise.operations.trace;

import org.jspecify.annotations.NullMarked;
