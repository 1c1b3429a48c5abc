package dev.dise.query;

import dev.dise.runtime.Health;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import io.helidon.webserver.http.HttpRouting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which events there are, how the parts of this process are, and by what config it runs. */
record CatalogueRoutes(Answers answers, DiseConfig config, Health health) implements RouteGroup {
    private static final String SCHEMAS = "/v1/schemas";
    private static final String HEALTH = "/v1/health";
    private static final String CONFIG = "/v1/admin/config";

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get(SCHEMAS, answers.handler(SCHEMAS, this::types));
        routing.get(SCHEMAS + "/{type}", answers.handler(SCHEMAS + "/", this::schema));
        routing.get(HEALTH, answers.handler(HEALTH, this::parts));
        routing.get(CONFIG, answers.handler(CONFIG, Scope.ADMIN, this::settings));
    }

    private Object types(Question question) {
        question.parameters().requireOnly(List.of());
        return Map.of(
                "items", Arrays.stream(EventType.values()).map(this::entry).toList());
    }

    private Map<String, Object> entry(EventType type) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type.wireName());
        entry.put("ce_type", type.ceType());
        entry.put("strategy", strategyOf(type));
        entry.put("subject", type.subjectField());
        type.table().ifPresent(table -> entry.put("table", table));
        return entry;
    }

    private String strategyOf(EventType type) {
        return type == EventType.DELETION
                ? "that of its target"
                : config.database().storage().strategyFor(type).name().toLowerCase(Locale.ROOT);
    }

    private Object schema(Question question) {
        question.parameters().requireOnly(List.of());
        EventType type = EventType.forWireName(question.name())
                .orElseThrow(() -> new RefusedException(Problem.notFound(
                        "there is no such type; there are " + String.join(", ", EventType.wireNames()))));
        return Json.parse(DataReader.schemaOf(type));
    }

    private Object parts(Question question) {
        question.parameters().requireOnly(List.of());
        List<Map<String, String>> parts = health.parts().entrySet().stream()
                .map(part -> Map.of(
                        "name", part.getKey(),
                        "state", part.getValue().state().name().toLowerCase(Locale.ROOT),
                        "detail", part.getValue().detail()))
                .toList();
        return Map.of("ready", health.isReady(), "parts", parts);
    }

    private Object settings(Question question) {
        question.parameters().requireOnly(List.of());
        return Map.of("settings", config.shown());
    }
}
