/** Generations of a store, whatever the store: what they are, and what can be done with them. */
@NullMarked
package dev.dise.runtime.generations;

import org.jspecify.annotations.NullMarked;
