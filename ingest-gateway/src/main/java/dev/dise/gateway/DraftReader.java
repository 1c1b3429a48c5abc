package dev.dise.gateway;

import dev.dise.schemas.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event that is one JSON object: a CloudEvent if it has {@code specversion}, else the short native form. Extension
 * attributes of a CloudEvent that mean nothing here are left behind; the native form has none. Of one event.
 */
final class DraftReader {
    private static final Set<String> NATIVE_FIELDS =
            Set.of("type", "data", "id", "source", "subject", "time", "runid", "traceparent");

    private final byte[] json;
    private final JsonCursor cursor;
    private final Attributes.Builder attributes = new Attributes.Builder();
    private final Set<String> names = new HashSet<>();
    private @Nullable String foreign;
    private int from;
    private int to;

    private DraftReader(byte[] json, JsonCursor cursor) {
        this.json = json;
        this.cursor = cursor;
    }

    /** Reads the object at the cursor, and leaves the cursor behind it. */
    static Draft read(byte[] json, JsonCursor cursor) {
        return new DraftReader(json, cursor).object();
    }

    /** Reads the object that is all of the text. */
    static Draft readAll(byte[] json) {
        JsonCursor cursor = new JsonCursor(json);
        Draft draft = read(json, cursor);
        cursor.expectEnd();
        return draft;
    }

    private Draft object() {
        if (cursor.peek() != '{') {
            throw Refusals.malformed("must be a JSON object");
        }
        cursor.expect('{');
        if (cursor.peek() == '}') {
            cursor.expect('}');
        } else {
            do {
                member();
            } while (cursor.nextOrEnd('}'));
        }
        requireForm();
        if (from == to) {
            throw Refusals.envelope("/data", "is required", null);
        }
        return new Draft(attributes.build(), json, from, to);
    }

    private void member() {
        String name = cursor.string();
        if (!names.add(name)) {
            throw Refusals.malformed("has a field twice");
        }
        cursor.expect(':');
        int first = cursor.peek();
        int begin = cursor.at();
        switch (name) {
            case "data" -> {
                cursor.skipValue();
                from = begin;
                to = isNull(begin) ? begin : cursor.at();
            }
            case "type", "id", "source", "subject", "time", "runid", "traceparent", "specversion", "datacontenttype" ->
                attributes.put(name, first == '"' ? cursor.string() : nothing(name));
            default -> foreign(name, begin);
        }
    }

    /** JSON's null says as much as leaving the member out. */
    private @Nullable String nothing(String name) {
        int begin = cursor.at();
        cursor.skipValue();
        if (!isNull(begin)) {
            throw Refusals.envelope("/" + name, "must be a string", null);
        }
        return null;
    }

    /** What means nothing here must be JSON all the same. */
    private void foreign(String name, int begin) {
        cursor.skipValue();
        var unused = Json.parse(Arrays.copyOfRange(json, begin, cursor.at()));
        if (!NATIVE_FIELDS.contains(name)) {
            foreign = name;
        }
    }

    private boolean isNull(int begin) {
        return cursor.at() - begin == 4 && json[begin] == 'n' && json[begin + 1] == 'u' && json[begin + 2] == 'l';
    }

    private void requireForm() {
        if (!names.contains("specversion")) {
            String extra = foreign == null && names.contains("datacontenttype") ? "datacontenttype" : foreign;
            if (extra != null) {
                throw Refusals.envelope("/" + extra, "is not a field of an event", null);
            }
            return;
        }
        attributes.requireCloudEvent();
        if (names.contains("data_base64")) {
            throw Refusals.envelope("/data_base64", "is not taken; send the JSON itself as data", null);
        }
    }
}
