/** What a replay and a change of routing share: some past records of a topic, read once and in pieces, resumable. */
@NullMarked
package dev.dise.operations.slice;

import org.jspecify.annotations.NullMarked;
