/**
 * A log on disk for what Kafka does not take now: records in segments, each with a checksum, read in the order in which
 * they were written and deleted once acknowledged. Knows nothing of events.
 */
@NullMarked
package dev.dise.ingest.spool;

import org.jspecify.annotations.NullMarked;
