/** What emitting costs the tool, whatever Kafka does, and what the spool and the drain reach. */
@NullMarked
package dev.dise.bench.emit;

import org.jspecify.annotations.NullMarked;
