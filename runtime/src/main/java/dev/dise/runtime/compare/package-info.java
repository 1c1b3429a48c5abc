/** What comparing a store with its topic is about, whatever the store: what was asked, and what was found. */
@NullMarked
package dev.dise.runtime.compare;

import org.jspecify.annotations.NullMarked;
