/** Replay: past records of a store's topic are sent through its sink again. */
@NullMarked
package dev.dise.operations.replay;

import org.jspecify.annotations.NullMarked;
