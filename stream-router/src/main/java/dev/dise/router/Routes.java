package dev.dise.router;

import dev.dise.runtime.config.StorageRules;
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
    /** The largest value that is passed on; the topics behind take twice that, which leaves room for headers. */
    static final int MAX_VALUE_BYTES = Topic.EVENTS.maxMessageBytes();

    private final StorageRules rules;

    /** By the strategies of the config. */
    public Routes(StorageRules rules) {
        this.rules = rules;
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
