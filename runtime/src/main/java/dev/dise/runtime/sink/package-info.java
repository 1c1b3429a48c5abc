/** The one loop that moves batches from a topic to a store, and the contract of the store's side. */
@NullMarked
package dev.dise.runtime.sink;

import org.jspecify.annotations.NullMarked;
