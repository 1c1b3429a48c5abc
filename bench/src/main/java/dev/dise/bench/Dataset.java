package dev.dise.bench;

import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is written to the topic before a measurement.
 *
 * @param records how many records there are
 * @param table the table that they go to
 * @param rows how many rows that makes
 * @param deadLetters how many records are refused
 * @param record the record of a number from 0 on; the same each time it is asked for
 */
record Dataset(
        int records, String table, int rows, int deadLetters, IntFunction<ProducerRecord<byte[], byte[]>> record) {}
