/** The Kafka Streams topology that fans events out by storage strategy. It reads headers and never the value. */
@NullMarked
package dev.dise.router;

import org.jspecify.annotations.NullMarked;
