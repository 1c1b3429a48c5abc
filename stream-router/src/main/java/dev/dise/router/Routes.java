package dev.dise.router;

import dev.dise.runtime.config.StorageRules;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.Topic;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides where an event goes: from its headers, its size and the strategy lists of the config. Has no state. */
public final class Routes {
    /**
     * The largest record, unpacked, that the topics behind take with what a dead letter adds. A compressed one that is
     * larger can come in; sending it on would stop Kafka Streams for good.
     */
    static final int MAX_RECORD_BYTES = Topic.DEAD_LETTERS.maxMessageBytes() - 64 * 1024;

    /** The largest value that is passed on; the topics behind take twice that, which leaves room for headers. */
    static final int MAX_VALUE_BYTES = Topic.EVENTS.maxMessageBytes();

    private final StorageRules rules;

    /**
     * @param rules of the config
     */
    public Routes(StorageRules rules) {
        this.rules = rules;
    }

    /** The route of a record that was read outside the router: where the router sent it, or would send it. */
    public Route of(SourceRecord record) {
        long size = length(record.key()) + length(record.value());
        for (SourceRecord.Header header : record.headers()) {
            size += 2L * header.name().length() + length(header.value());
        }
        return size > MAX_RECORD_BYTES ? tooLarge(size) : of(record::header, record.value());
    }

    /** Of a record that is larger than any topic behind takes. */
    static Route.Refused tooLarge(long size) {
        return new Route.Refused("TOO_LARGE", "(too large to be kept here) the record has " + size + " bytes");
    }

    /**
     * The route of one record.
     *
     * @param header value of a header by name, or null if there is none
     */
    public Route of(Function<String, @Nullable String> header, byte @Nullable [] value) {
        if (value == null) {
            return new Route.Refused("NULL_VALUE", "the record has no value");
        }
        if (value.length > MAX_VALUE_BYTES) {
            return new Route.Refused("TOO_LARGE", "the value has " + value.length + " bytes");
        }
        try {
            return new Route.To(topicsFor(EnvelopeHeaders.decode(header)));
        } catch (InvalidEventException e) {
            return new Route.Refused(e.reason().name(), e.explanation());
        }
    }

    static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private Set<Topic> topicsFor(Envelope envelope) {
        EventType type = envelope.targetType() == null ? envelope.type() : envelope.targetType();
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        if (!rules.stores(type)) {
            return topics;
        }
        StorageStrategy strategy = rules.strategyFor(type);
        if (strategy.storesBulk()) {
            topics.add(Topic.BULK);
        }
        if (strategy.storesRag()) {
            topics.add(Topic.RAG);
        }
        return topics;
    }
}
