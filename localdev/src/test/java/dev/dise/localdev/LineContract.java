package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dise.ingest.Visibility;
import dev.dise.localdev.LineProbe.Door;
import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Store;
import dev.dise.schemas.data.Ancestry;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Conversation;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a whole line must do, whatever servers it runs on. */
abstract class LineContract extends GarbageContract {

    @ParameterizedTest
    @EnumSource(Door.class)
    void everyTypeIsFoundAgainInItsStoresAndNowhereElse(Door door) {
        Map<EventType, String> ids = new EnumMap<>(EventType.class);
        Map<String, Long> expected = new TreeMap<>();
        for (EventType type : EventType.values()) {
            if (type != EventType.DELETION) {
                ids.put(type, line().put(door, OneOfEach.of(type, subject(type))));
                if (type.defaultStrategy().storesBulk()) {
                    expected.put("postgres " + type.wireName(), 1L);
                }
                if (type.defaultStrategy().storesRag()) {
                    expected.put("qdrant " + type.wireName(), 1L);
                }
            }
        }
        line().awaitDrained();
        assertThat(line().counts()).isEqualTo(expected);
        // Edges are asked for by tool, and told without their events.
        ids.remove(EventType.ANCESTRY);
        SoftAssertions.assertSoftly(softly -> ids.forEach((type, id) -> softly.assertThat(idsOf(type, subject(type)))
                .as(type.wireName())
                .isNotEmpty()
                .containsOnly(id)));
        JsonNode parents =
                line().query().ancestry(subject(EventType.ANCESTRY), 1).path("parents");
        assertThat(parents.findValuesAsString("parent_tool_id"))
                .containsExactly(subject(EventType.ANCESTRY) + "-parent");
    }

    @Test
    void whoWaitsReadsItsOwnWrite() {
        for (EventType type :
                List.of(EventType.LOG, EventType.GENERATED_TOOL, EventType.PATTERN, EventType.EVALUATION)) {
            Map<Store, Visibility> seen = line().putAndAwaitVisible(OneOfEach.of(type, subject(type)));
            seen.forEach((store, visibility) -> assertThat(visibility.isVisible())
                    .as("%s %s %s", type, store, visibility)
                    .isEqualTo(type.defaultStrategy().stores(store)));
            assertThat(idsOf(type, subject(type))).isNotEmpty();
        }
        line().putAndAwaitVisible(Deletion.of(EventType.EVALUATION, subject(EventType.EVALUATION)));
        assertThat(line().counts()).doesNotContainKeys("postgres evaluation", "qdrant evaluation");
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aDeletionRemovesFromEveryStore(Door door) {
        List<EventType> entities = List.of(
                EventType.BUG_REPORT,
                EventType.GENERATED_TOOL,
                EventType.PATTERN,
                EventType.PERFORMANCE,
                EventType.EVALUATION);
        entities.forEach(type -> line().put(door, OneOfEach.of(type, subject(type))));
        line().awaitDrained();
        assertThat(line().counts()).hasSize(7);
        entities.forEach(type -> line().put(door, Deletion.of(type, subject(type))));
        line().awaitDrained();
        assertThat(line().counts()).isEmpty();
        assertThat(line().rows("/v1/performance", "artifact_id", subject(EventType.PERFORMANCE)))
                .isEmpty();
        assertThatThrownBy(() -> artifact(EventType.PATTERN)).isInstanceOf(QueryFailedException.class);
    }

    @Test
    void theSameEventTwiceChangesNoCount() {
        List<Event> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            if (type != EventType.DELETION) {
                events.add(line().event(EventIds.next(), Instant.now(), OneOfEach.of(type, subject(type))));
            }
        }
        events.forEach(event -> line().put(Door.EMITTER, event));
        line().awaitDrained();
        Map<String, Long> once = line().counts();
        events.forEach(event -> line().put(Door.HTTP, event));
        line().awaitDrained();
        assertThat(once).hasSize(20);
        assertThat(line().counts()).isEqualTo(once);
    }

    @Test
    void anOlderVersionThatComesLateChangesNothing() {
        Instant now = Instant.now();
        String id = line().runId();
        Artifact newer = Artifact.of(EventType.PLAN, id, "new", "");
        line().put(Door.EMITTER, line().event(EventIds.next(), now, newer));
        line().awaitDrained();
        Artifact older = Artifact.of(EventType.PLAN, id, "old", "");
        line().put(Door.EMITTER, line().event(EventIds.next(), now.minus(Duration.ofHours(1)), older));
        line().awaitDrained();
        assertThat(artifact(EventType.PLAN, id).path("name").asString("")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(names = {"GENERATED_TOOL", "BUG_REPORT"})
    void anOlderVersionDoesNotBringBackWhatWasDeleted(EventType type) {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofHours(1));
        line().put(OneOfEach.of(type, subject(type)));
        line().put(Door.EMITTER, line().event(EventIds.next(), now.plusSeconds(1), Deletion.of(type, subject(type))));
        line().awaitDrained();
        line().put(Door.EMITTER, line().event(EventIds.next(), before, OneOfEach.of(type, subject(type))));
        line().awaitDrained();
        assertThat(line().counts()).isEmpty();
    }

    @Test
    void eventsOfOneSubjectKeepTheirOrder() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add("message " + i);
            line().emit(Conversation.of(line().runId(), "user", "message " + i));
        }
        line().flush();
        line().awaitDrained();
        List<String> stored = line().rows("/v1/conversations", "conversation_id", line().runId())
                .valueStream()
                .sorted(Comparator.comparingLong(
                        row -> row.path("source_offset").asLong(-1)))
                .map(row -> row.path("content").asString(""))
                .toList();
        assertThat(stored).isEqualTo(sent);
    }

    @Test
    void anArtifactIsFoundByItsMeaning() {
        line().put(Artifact.of(EventType.TOOL, subject(EventType.TOOL), "Speech", "reads a text aloud as speech"));
        line().put(Artifact.of(EventType.TOOL, line().runId(), "Charts", "draws numbers of a table"));
        line().awaitDrained();
        JsonNode hits = line().query()
                .get(
                        "/v1/artifacts/similar",
                        Map.of(
                                "text",
                                List.of("text as speech aloud"),
                                "type",
                                List.of("tool"),
                                "limit",
                                List.of("1")));
        assertThat(hits.path("items").path(0).path("artifact_id").asString("")).isEqualTo(subject(EventType.TOOL));
    }

    @Test
    void ancestryIsWalkedFromTheMiddleBothWays() {
        String tool = line().runId();
        line().put(Ancestry.of(tool + "_v1", tool + "_v2", "optimized_from"));
        line().put(Ancestry.of(tool + "_v2", tool + "_v3", "forked_from"));
        line().put(Ancestry.of(tool + "_v3", tool + "_v4", "fixed_from"));
        line().awaitDrained();
        JsonNode family = line().query().ancestry(tool + "_v2", 5);
        assertThat(family.path("parents").findValuesAsString("parent_tool_id")).containsExactly(tool + "_v1");
        assertThat(family.path("children").findValuesAsString("child_tool_id"))
                .containsExactly(tool + "_v3", tool + "_v4");
    }

    @Test
    void figuresAreThoseOfTheMetrics() {
        for (int value = 1; value <= 100; value++) {
            line().emit(PerfData.of(line().runId(), "latency_ms", value));
        }
        line().flush();
        line().awaitDrained();
        JsonNode figures = line().rows("/v1/performance/aggregates", "tool_id", line().runId())
                .path(0);
        assertThat(figures.path("count").asLong(0)).isEqualTo(100);
        assertThat(figures.path("mean").asDouble(0)).isEqualTo(50.5);
        assertThat(figures.path("p95").asDouble(0)).isEqualTo(95);
    }

    @Test
    void logsAreFilteredByLevel() {
        line().put(Log.of(line().runId(), LogLevel.ERROR, "broken"));
        line().put(Log.of(line().runId(), LogLevel.INFO, "fine"));
        line().awaitDrained();
        JsonNode errors = line().query()
                .get("/v1/logs", Map.of("run_id", List.of(line().runId()), "log_level", List.of("error")))
                .path("items");
        assertThat(errors.findValuesAsString("message")).containsExactly("broken");
    }

    private String subject(EventType type) {
        return type.wireName() + "-" + line().runId();
    }

    /** The ids of the events that each store of the type has for the subject. */
    private List<String> idsOf(EventType type, String subject) {
        List<String> ids = new ArrayList<>();
        if (type.defaultStrategy().storesBulk()) {
            line().rows(path(type), type.subjectField(), subject)
                    .forEach(row -> ids.add(row.path("event_id").asString("")));
        }
        if (type.defaultStrategy().storesRag()) {
            ids.add(artifact(type, subject).path("event_id").asString(""));
        }
        return ids;
    }

    private static String path(EventType type) {
        return switch (type) {
            case LOG -> "/v1/logs";
            case FAILURE -> "/v1/failures";
            case BUG_REPORT -> "/v1/bugs";
            case DEBUG_DATA -> "/v1/debug";
            case PERF_DATA, PERFORMANCE -> "/v1/performance";
            case CONVERSATION -> "/v1/conversations";
            case GENERATED_TOOL -> "/v1/tools";
            case EVALUATION -> "/v1/evaluations";
            default -> throw new IllegalArgumentException(type + " cannot be listed");
        };
    }

    private JsonNode artifact(EventType type) {
        return artifact(type, subject(type));
    }

    private JsonNode artifact(EventType type, String id) {
        return line().query().get("/v1/artifacts/" + type.wireName() + "/" + QueryClient.segment(id), Map.of());
    }
}
