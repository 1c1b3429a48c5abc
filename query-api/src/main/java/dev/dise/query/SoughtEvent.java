package dev.dise.query;

import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event that somebody waits for, and where.
 *
 * @param id of the event
 * @param type its type; of a deletion that of what it removes
 * @param time when it happened by its producer's clock
 */
record SoughtEvent(String id, EventType type, String subject, OffsetDateTime time, Store store) {
    private static final String TARGET = "target_type";
    private static final List<String> NAMES = List.of("type", "subject", "time", "store", TARGET);

    /** @throws RefusedException if something of it is missing or is none */
    static SoughtEvent of(String id, Parameters parameters, Moments moments) {
        parameters.requireOnly(NAMES);
        if (id.isBlank() || id.length() > EventIds.MAX_LENGTH) {
            throw RefusedException.badValue("the id", "must have 1 to " + EventIds.MAX_LENGTH + " characters");
        }
        String storeNames = Arrays.stream(Store.values()).map(Store::wireName).collect(Collectors.joining(", "));
        Store store = Store.forWireName(required("store", parameters, Function.identity()))
                .orElseThrow(() -> RefusedException.badValue("store", "must be one of " + storeNames));
        return new SoughtEvent(
                id,
                entity(parameters),
                required("subject", parameters, Function.identity()),
                required("time", parameters, text -> moments.parse("time", text)),
                store);
    }

    /** The id as the stores have it. */
    UUID uuid() {
        return EventIds.asUuid(id);
    }

    private static EventType entity(Parameters parameters) {
        EventType type = required("type", parameters, text -> type("type", text));
        return type == EventType.DELETION ? required(TARGET, parameters, text -> type(TARGET, text)) : type;
    }

    private static EventType type(String name, String text) {
        return EventType.forWireName(text)
                .filter(type -> name.equals("type") || type.isEntity())
                .orElseThrow(() -> RefusedException.badValue(
                        name,
                        "must be one of " + String.join(", ", EventType.wireNames()) + ", of a deletion an entity"));
    }

    private static <T> T required(String name, Parameters parameters, Function<String, T> parse) {
        return parameters
                .one(name)
                .map(parse)
                .orElseThrow(() -> RefusedException.badValue(name, "is required: say it as the event has it"));
    }
}
