package dev.dise.gateway;

import dev.dise.schemas.Json;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event that is one JSON object: a CloudEvent if it has {@code specversion}, else the short native form. Extension
 * attributes of a CloudEvent that mean nothing here are left behind; the native form has none. Of one event.
 */
final class DraftReader {
    private final byte[] json;
    private final JsonCursor cursor;
    private final Attributes.Builder attributes = new Attributes.Builder();
    private final Set<String> foreign = new TreeSet<>();
    private final Set<Field> seen = EnumSet.noneOf(Field.class);
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
        Field field = cursor.field();
        if (field == null) {
            String name = cursor.string();
            Optional<Field> escaped = Field.named(name);
            if (escaped.isEmpty()) {
                foreign(name);
                return;
            }
            field = escaped.get();
        }
        if (!seen.add(field)) {
            throw Refusals.malformed("has a field twice");
        }
        cursor.expect(':');
        if (field == Field.DATA) {
            data();
        } else {
            attributes.put(field, cursor.peek() == '"' ? cursor.string() : nothing(field));
        }
    }

    private void data() {
        int begin = cursor.begin();
        cursor.skipValue();
        from = begin;
        to = isNull(begin) ? begin : cursor.at();
    }

    /** JSON's null says as much as leaving the member out. */
    private @Nullable String nothing(Field field) {
        int begin = cursor.at();
        cursor.skipValue();
        if (!isNull(begin)) {
            throw Refusals.envelope("/" + field.wireName(), "must be a string", null);
        }
        return null;
    }

    /** What means nothing here must be JSON all the same. */
    private void foreign(String name) {
        if (!foreign.add(name)) {
            throw Refusals.malformed("has a field twice");
        }
        cursor.expect(':');
        int begin = cursor.begin();
        cursor.skipValue();
        var unused = Json.parse(Arrays.copyOfRange(json, begin, cursor.at()));
    }

    private boolean isNull(int begin) {
        return cursor.at() - begin == 4 && json[begin] == 'n' && json[begin + 1] == 'u' && json[begin + 2] == 'l';
    }

    private void requireForm() {
        if (seen.contains(Field.SPECVERSION)) {
            attributes.requireCloudEvent();
            if (foreign.contains("data_base64")) {
                throw Refusals.envelope("/data_base64", "is not taken; send the JSON itself as data", null);
            }
            return;
        }
        if (seen.contains(Field.DATACONTENTTYPE)) {
            foreign.add(Field.DATACONTENTTYPE.wireName());
        }
        for (String name : foreign) {
            throw Refusals.envelope("/" + name, "is not a field of an event", null);
        }
    }
}
