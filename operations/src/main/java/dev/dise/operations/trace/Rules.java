package dev.dise.operations.trace;

import dev.dise.operations.trace.Trace.RouteView;
import dev.dise.router.Route;
import dev.dise.router.Routes;
import dev.dise.runtime.config.StorageRules;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.Topic;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says by which rule of the config an event goes where; the router itself decides. */
final class Rules {
    private static final byte[] ANY = new byte[0];

    private final StorageRules storage;
    private final Routes routes;

    Rules(StorageRules storage) {
        this.storage = storage;
        this.routes = new Routes(storage);
    }

    RouteView routeOf(Envelope envelope) {
        EventType type = target(envelope);
        StorageStrategy strategy = storage.strategyFor(type);
        Set<Topic> topics = topicsOf(envelope);
        List<String> names = Arrays.stream(Topic.values())
                .filter(topics::contains)
                .map(Topic::topicName)
                .toList();
        return new RouteView(envelope.type().wireName(), strategy, rule(envelope, strategy), names);
    }

    /** The topics behind the first that the event goes to. */
    Set<Topic> topicsOf(Envelope envelope) {
        Map<String, String> headers = EnvelopeHeaders.encode(envelope);
        return switch (routes.of(headers::get, ANY)) {
            case Route.To to -> to.topics();
            case Route.Refused refused -> Set.of();
        };
    }

    /** The topics behind the first that events of the type go to; of deletions all that they may go to. */
    Set<Topic> topicsOf(EventType type) {
        StorageStrategy strategy = storage.strategyFor(type);
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        if (strategy.storesBulk()) {
            topics.add(Topic.BULK);
        }
        if (strategy.storesRag()) {
            topics.add(Topic.RAG);
        }
        return topics;
    }

    /** The type whose strategy counts. */
    static EventType target(Envelope envelope) {
        EventType target = envelope.targetType();
        return target == null ? envelope.type() : target;
    }

    private String rule(Envelope envelope, StorageStrategy strategy) {
        EventType type = target(envelope);
        if (!storage.stores(type)) {
            return "storage_strategy.store_generated_tools is false";
        }
        String list = strategy.name().toLowerCase(Locale.ROOT) + "_storage_types";
        String rule = strategy == type.defaultStrategy()
                ? list + ", where " + type.wireName() + " is unless the config says otherwise"
                : list + " of the config has " + type.wireName();
        return envelope.targetType() == null ? rule : "a deletion goes where its target goes: " + rule;
    }
}
