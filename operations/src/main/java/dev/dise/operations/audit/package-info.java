/** What operators did, in {@code dise.audit}: written before an action counts as done, kept for ever. */
@NullMarked
package dev.dise.operations.audit;

import org.jspecify.annotations.NullMarked;
