/** The clients of Kafka with the settings that lose nothing, and the topics. */
@NullMarked
package dev.dise.runtime.kafka;

import org.jspecify.annotations.NullMarked;
