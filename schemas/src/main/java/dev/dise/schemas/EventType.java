package dev.dise.schemas;

import static dev.dise.schemas.StorageStrategy.BULK;
import static dev.dise.schemas.StorageStrategy.HYBRID;
import static dev.dise.schemas.StorageStrategy.RAG;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: every type of event, with its default storage strategy, the field that is its subject (and so the
 * Kafka key), and the PostgreSQL table that holds it. The strategy can be changed in {@code config.yaml}.
 */
public enum EventType {
    LOG(BULK, "tool_id", "tool_logs"),
    FAILURE(BULK, "tool_id", "tool_failures"),
    BUG_REPORT(BULK, "bug_id", "tool_bugs"),
    DEBUG_DATA(BULK, "context_id", "tool_debug_data"),
    PERF_DATA(BULK, "tool_id", "tool_performance"),
    CONVERSATION(BULK, "conversation_id", "conversations"),
    ANCESTRY(BULK, "child_tool_id", "tool_ancestry"),
    GENERATED_TOOL(BULK, "tool_id", "generated_tools"),
    PLAN(RAG, "artifact_id", null),
    FUNCTION(RAG, "artifact_id", null),
    SUB_WORKFLOW(RAG, "artifact_id", null),
    WORKFLOW(RAG, "artifact_id", null),
    TOOL(RAG, "artifact_id", null),
    PROMPT(RAG, "artifact_id", null),
    PATTERN(RAG, "artifact_id", null),
    CODE_FIX(RAG, "artifact_id", null),
    PERFORMANCE(HYBRID, "artifact_id", "tool_performance"),
    EVALUATION(HYBRID, "artifact_id", "tool_evaluations"),
    /** Goes where its target goes; the strategy here is only what it may need at most. */
    DELETION(HYBRID, "target_id", null);

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final StorageStrategy defaultStrategy;
    private final String subjectField;
    private final @Nullable String table;
    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final String ceType = "dise." + wireName + ".v1";

    EventType(StorageStrategy defaultStrategy, String subjectField, @Nullable String table) {
        this.defaultStrategy = defaultStrategy;
        this.subjectField = subjectField;
        this.table = table;
    }

    /** The name in config, paths and JSON: {@code bug_report}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The CloudEvents type: {@code dise.bug_report.v1}. */
    public String ceType() {
        return ceType;
    }

    /** The strategy where {@code config.yaml} does not say otherwise. */
    public StorageStrategy defaultStrategy() {
        return defaultStrategy;
    }

    /** The field of the data that is the event's subject and Kafka key. */
    public String subjectField() {
        return subjectField;
    }

    /** The PostgreSQL table that holds the type by default; empty for types that only Qdrant holds. */
    public Optional<String> table() {
        return Optional.ofNullable(table);
    }

    /** Whether the type describes an artifact that can be embedded and found by meaning. */
    public boolean isArtifact() {
        return subjectField.equals("artifact_id");
    }

    /** Whether the same subject again is a newer version of the same entity, which a deletion can remove. */
    public boolean isEntity() {
        return isArtifact() || this == BUG_REPORT || this == GENERATED_TOOL;
    }

    /** The type of that wire name, as in {@code bug_report}. */
    public static Optional<EventType> forWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** The type of that CloudEvents type, as in {@code dise.bug_report.v1}. */
    public static Optional<EventType> forCeType(String ceType) {
        if (!ceType.startsWith("dise.") || !ceType.endsWith(".v1") || ceType.length() < 9) {
            return Optional.empty();
        }
        return forWireName(ceType.substring(5, ceType.length() - 3));
    }

    /** All wire names in the order of the catalogue; for messages. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(EventType::wireName).toList();
    }
}
