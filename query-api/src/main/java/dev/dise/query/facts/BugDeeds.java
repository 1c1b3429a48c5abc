package dev.dise.query.facts;

import dev.dise.query.Accepted;
import dev.dise.query.Database;
import dev.dise.query.Moments;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resolves bugs and opens them again: each is a newer version of the bug that goes down the line like any other, so that a
 * rebuild has it too. It is sent whatever the store says, which may be behind: of two that follow each other the last wins.
 */
record BugDeeds(Database database, Moments moments, Emission emission) {
    private static final String BUG =
            "SELECT tool_id, severity, message, details, resolved, resolved_at, reported_at FROM tool_bugs WHERE bug_id = ?";
    private static final String NOTE = "note";
    private static final int LONGEST_NOTE = 4_000;

    Object resolve(Question question) throws StoreUnavailableException {
        JsonNode bug = bug(question);
        ObjectNode data = data(question.firstSegment(), bug, "resolution", question);
        data.put("resolved", true).put("resolved_at", resolvedAt(bug));
        return accepted(data);
    }

    Object reopen(Question question) throws StoreUnavailableException {
        ObjectNode data = data(question.firstSegment(), bug(question), "reopening", question);
        data.put("resolved", false).putNull("resolved_at");
        return accepted(data);
    }

    private Accepted accepted(ObjectNode data) {
        return new Accepted(Map.of(
                "event_id", emission.emit(EventType.BUG_REPORT, data),
                "bug_id", data.path("bug_id").stringValue(),
                "status", "accepted"));
    }

    private JsonNode bug(Question question) throws StoreUnavailableException {
        question.parameters().requireOnly(List.of());
        List<ObjectNode> rows = database.rows(SqlQuery.of(BUG, question.firstSegment()));
        if (rows.isEmpty()) {
            throw new RefusedException(Problem.notFound("there is no bug " + shown(question.firstSegment())));
        }
        return Rows.read(rows.getFirst());
    }

    /** What was resolved and not seen since stays resolved since then. */
    private String resolvedAt(JsonNode bug) {
        String before = Rows.text(bug, "resolved_at");
        String reported = Rows.text(bug, "reported_at");
        if (before == null || reported == null || !bug.path("resolved").asBoolean(false)) {
            return now();
        }
        return Instant.parse(reported).isAfter(Instant.parse(before)) ? now() : before;
    }

    private ObjectNode data(String bugId, JsonNode bug, String deed, Question question) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("bug_id", bugId);
        List.of("tool_id", "severity", "message").forEach(name -> data.set(name, bug.get(name)));
        ObjectNode done = data.putObject("details");
        if (bug.path("details") instanceof ObjectNode details) {
            done.setAll(details);
        } else if (bug.hasNonNull("details")) {
            done.set("reported", bug.get("details"));
        }
        ObjectNode account = done.putObject(deed).put("by", question.by()).put("at", now());
        String note = note(question.body());
        if (note != null) {
            account.put(NOTE, note);
        }
        return data;
    }

    private static @Nullable String note(ObjectNode body) {
        for (String name : body.propertyNames()) {
            if (!name.equals(NOTE)) {
                throw new RefusedException(
                        Problem.unknownField("'" + shown(name) + "' is not a field here; allowed are " + NOTE));
            }
        }
        JsonNode note = body.path(NOTE);
        if (note.isMissingNode() || note.isNull()) {
            return null;
        }
        if (!note.isString() || note.stringValue().length() > LONGEST_NOTE) {
            throw RefusedException.badValue(NOTE, "must be a text of at most " + LONGEST_NOTE + " characters");
        }
        return note.stringValue();
    }

    private String now() {
        return EnvelopeHeaders.formatTime(moments.now().toInstant());
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
