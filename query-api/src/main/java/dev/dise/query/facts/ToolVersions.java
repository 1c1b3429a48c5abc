package dev.dise.query.facts;

import dev.dise.query.Database;
import dev.dise.query.Parameters;
import dev.dise.query.Problem;
import dev.dise.query.RefusedException;
import dev.dise.query.SqlQuery;
import dev.dise.query.paging.Cursor;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The versions of a generated tool, the newest first, and the tools that are versions of it under other ids. */
record ToolVersions(Database database) {
    private static final List<String> NAMES = List.of("limit", Cursor.AFTER);
    private static final String ORDER = " ORDER BY event_time DESC, source_offset DESC";
    private static final String PAGE = """
            SELECT event_id, event_time, run_id, source_offset, to_jsonb(set_fields) AS set_fields,
                   tool_name, tool_type, tool_yaml, tool_code, metadata
            FROM generated_tool_versions WHERE tool_id = ? AND (event_time, source_offset) < (?, ?)""" + ORDER + " LIMIT ?";
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM generated_tool_versions WHERE tool_id = w.id) AS versions,
                   (SELECT count(*) FROM generated_tool_versions
                    WHERE tool_id = w.id AND (event_time, source_offset) < (?, ?)) AS behind,
                   EXISTS (SELECT FROM generated_tools WHERE tool_id = w.id) AS registered
            FROM (SELECT ?::text AS id) AS w""";
    private static final String RELATIVES = """
            SELECT tool_id, 'name' AS how, NULL AS relationship_type FROM generated_tools
            WHERE tool_id <> ? AND left(tool_id, ?) = ?
                AND substr(tool_id, ?) ~ '^([-_.]?[vV][0-9]+([._-][0-9]+)*)?$'
            UNION ALL
            SELECT DISTINCT parent_tool_id, 'parent', relationship_type FROM tool_ancestry
            WHERE child_tool_id = ? AND parent_tool_id <> child_tool_id
            UNION ALL
            SELECT DISTINCT child_tool_id, 'child', relationship_type FROM tool_ancestry
            WHERE parent_tool_id = ? AND parent_tool_id <> child_tool_id
            ORDER BY how, tool_id LIMIT 200""";
    private static final Pattern SUFFIX = Pattern.compile("[-_.]?[vV][0-9]+([._-][0-9]+)*$");

    /**
     * The answer.
     *
     * @param total how many versions there are
     * @param next the cursor of what comes behind; null at the end
     * @param relatives other tools whose ids or ancestry make them versions of this one
     */
    record Versions(
            String toolId,
            List<ObjectNode> items,
            int count,
            long total,
            int limit,
            @Nullable String next,
            List<ObjectNode> relatives) {}

    Versions of(String toolId, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        int limit = parameters.number("limit", 50, 1, 500);
        VersionPlace place = VersionPlace.of(toolId, parameters);
        ObjectNode counted = database.rows(SqlQuery.of(COUNT, place.time(), place.offset(), toolId))
                .getFirst();
        if (!counted.get("registered").booleanValue()) {
            throw new RefusedException(Problem.notFound("no such tool is registered"));
        }
        List<JsonNode> rows = database.rows(SqlQuery.of(PAGE, toolId, place.time(), place.offset(), limit + 1)).stream()
                .map(Rows::read)
                .toList();
        List<ObjectNode> items =
                items(toolId, rows, limit, counted.get("behind").longValue());
        long total = counted.get("versions").longValue();
        String next = rows.size() > limit ? VersionPlace.of(rows.get(limit - 1)).cursor(toolId, parameters) : null;
        return new Versions(toolId, items, items.size(), total, limit, next, relatives(toolId));
    }

    /** From the oldest row on, which is there to be compared with; then turned round. */
    private List<ObjectNode> items(String toolId, List<JsonNode> rows, int limit, long newest)
            throws StoreUnavailableException {
        List<ObjectNode> items = new ArrayList<>();
        ToolVersion before = rows.isEmpty() ? ToolVersion.none() : before(toolId, rows.getLast());
        for (int i = rows.size() - 1; i >= 0; i--) {
            JsonNode row = rows.get(i);
            ToolVersion version = before.with(row, row.path("set_fields"));
            if (i < limit) {
                items.addFirst(item(row, version, before).put("version", newest - i));
            }
            before = version;
        }
        return items;
    }

    private static ObjectNode item(JsonNode row, ToolVersion version, ToolVersion before) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        List.of("event_id", "event_time", "run_id").forEach(name -> item.set(name, row.get(name)));
        item.put("label", version.label()).put("tool_name", version.name()).put("code_sha256", version.codeHash());
        var changed = item.putArray("changed");
        version.changedSince(before).forEach(changed::add);
        LineDiff lines = LineDiff.between(before.code(), version.code());
        item.put("lines_added", lines.added()).put("lines_removed", lines.removed());
        return Rows.known(item);
    }

    /** What was known before an event: of each field what set it last. */
    private ToolVersion before(String toolId, JsonNode row) throws StoreUnavailableException {
        VersionPlace place = VersionPlace.of(row);
        List<Object> values = new ArrayList<>();
        String fields = ToolVersion.FIELDS.stream()
                .map(field -> {
                    values.addAll(List.of(toolId, place.time(), place.offset(), field));
                    return "(SELECT " + field + " FROM generated_tool_versions WHERE tool_id = ?"
                            + " AND (event_time, source_offset) < (?, ?) AND ? = ANY (set_fields)" + ORDER
                            + " LIMIT 1) AS " + field;
                })
                .collect(Collectors.joining(", ", "SELECT ", ""));
        JsonNode known = Rows.read(database.rows(new SqlQuery(fields, values)).getFirst());
        List<JsonNode> names = ToolVersion.FIELDS.stream()
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .toList();
        return ToolVersion.none().with(known, names);
    }

    private List<ObjectNode> relatives(String toolId) throws StoreUnavailableException {
        String stem = SUFFIX.matcher(toolId).replaceFirst("");
        int length = stem.codePointCount(0, stem.length());
        return Rows.known(database.rows(SqlQuery.of(RELATIVES, toolId, length, stem, length + 1, toolId, toolId)));
    }
}
