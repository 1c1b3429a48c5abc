/**
 * Log records of a tool as {@code log} events: an appender for Logback, and a bridge from the JDK's {@link System.Logger}.
 * Neither blocks nor throws, and neither ever emits what the emitter itself and its Kafka client log.
 */
@NullMarked
package dev.dise.ingest.logging;

import org.jspecify.annotations.NullMarked;
