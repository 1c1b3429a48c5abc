/** Events as they pass: what can be read of a record, and which of them somebody wants to see. */
@NullMarked
package dev.dise.operations.tail;

import org.jspecify.annotations.NullMarked;
