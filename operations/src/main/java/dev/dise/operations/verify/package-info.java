/** Compares topics and stores, and mends what differs. */
@NullMarked
package dev.dise.operations.verify;

import org.jspecify.annotations.NullMarked;
