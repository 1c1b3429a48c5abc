/** The books of the line: what became of every event that was accepted. */
@NullMarked
package dev.dise.operations.ledger;

import org.jspecify.annotations.NullMarked;
