/** Generations of both stores: built anew, shown to readers, dropped; everything that is done to them is in the audit. */
@NullMarked
package dev.dise.operations.rebuild;

import org.jspecify.annotations.NullMarked;
