package dev.dise.router;

import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends each record to the topics of its route, bytes and headers as they came. Dead letters are decided here, inside
 * the topology: a handler of Kafka Streams that sends them can stop the application for good.
 */
final class RoutingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final String STAGE = "router";

    private final Routes routes;
    private final MeterRegistry meters;

    RoutingProcessor(Routes routes, MeterRegistry meters) {
        this.routes = routes;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long size = sizeOf(record);
        if (size > Routes.MAX_RECORD_BYTES) {
            Record<byte[], byte[]> named = new Record<>(null, null, record.timestamp());
            refuse(named, Routes.tooLarge(size));
            return;
        }
        Route route = routes.of(name -> text(record.headers(), name), record.value());
        switch (route) {
            case Route.To to -> forward(record, to);
            case Route.Refused refused -> refuse(record, refused);
        }
    }

    private void forward(Record<byte[], byte[]> record, Route.To route) {
        if (route.topics().isEmpty()) {
            count("not_stored");
            return;
        }
        for (Topic topic : route.topics()) {
            context().forward(record, topic.topicName());
            count(topic.topicName());
        }
    }

    private void refuse(Record<byte[], byte[]> record, Route.Refused refused) {
        Record<byte[], byte[]> letter = record.withHeaders(record.headers());
        Optional<RecordMetadata> origin = context().recordMetadata();
        origin.ifPresent(from -> {
            put(letter.headers(), DeadLetterHeaders.TOPIC, from.topic());
            put(letter.headers(), DeadLetterHeaders.PARTITION, Integer.toString(from.partition()));
            put(letter.headers(), DeadLetterHeaders.OFFSET, Long.toString(from.offset()));
        });
        put(letter.headers(), DeadLetterHeaders.STAGE, STAGE);
        put(letter.headers(), DeadLetterHeaders.REASON, refused.reason());
        put(letter.headers(), DeadLetterHeaders.MESSAGE, refused.message());
        String before = text(letter.headers(), DeadLetterHeaders.ATTEMPTS);
        put(letter.headers(), DeadLetterHeaders.ATTEMPTS, DeadLetterHeaders.attempts(before));
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        put(letter.headers(), DeadLetterHeaders.AT, EnvelopeHeaders.formatTime(now));
        context().forward(letter, Topic.DEAD_LETTERS.topicName());
        meters.counter("dise.dead.letters", "stage", STAGE, "reason", refused.reason())
                .increment();
    }

    private static long sizeOf(Record<byte[], byte[]> record) {
        long size = Routes.length(record.key()) + Routes.length(record.value());
        for (Header header : record.headers()) {
            size += 2L * header.key().length() + Routes.length(header.value());
        }
        return size;
    }

    private void count(String destination) {
        meters.counter("dise.router.events", "to", destination).increment();
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
