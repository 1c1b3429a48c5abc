package dev.dise.gateway;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as a client wrote it, not yet checked. */
final class Draft {
    private static final Set<String> NATIVE_FIELDS =
            Set.of("type", "data", "id", "source", "subject", "time", "runid", "traceparent");

    private final Attributes attributes;
    private final byte[] data;

    /**
     * @param data the bytes of the data as they came
     */
    Draft(Attributes attributes, byte[] data) {
        this.attributes = attributes;
        this.data = data;
    }

    /**
     * Reads an event that is one JSON object: a CloudEvent if it has {@code specversion}, else the short native form.
     * Extension attributes of a CloudEvent that mean nothing here are left behind; the native form has none.
     */
    static Draft of(Map<String, JsonMember> members) {
        if (members.containsKey("specversion")) {
            requireCloudEvent(members);
        } else {
            requireNative(members);
        }
        return new Draft(Attributes.of(members), data(members));
    }

    Attributes attributes() {
        return attributes;
    }

    /** The bytes of the data as they came; not a copy. */
    byte[] data() {
        return data;
    }

    private static byte[] data(Map<String, JsonMember> members) {
        JsonMember data = members.get("data");
        if (data == null || data.isNull()) {
            throw Refusals.envelope("/data", "is required", null);
        }
        return data.bytes();
    }

    private static void requireNative(Map<String, JsonMember> members) {
        for (String name : members.keySet()) {
            if (!NATIVE_FIELDS.contains(name)) {
                throw Refusals.envelope("/" + name, "is not a field of an event", null);
            }
        }
    }

    private static void requireCloudEvent(Map<String, JsonMember> members) {
        require(members, "specversion", "1.0");
        require(members, "datacontenttype", "application/json");
        if (members.containsKey("data_base64")) {
            throw Refusals.envelope("/data_base64", "is not taken; send the JSON itself as data", null);
        }
    }

    private static void require(Map<String, JsonMember> members, String name, String expected) {
        JsonMember member = members.get(name);
        @Nullable String value = member == null ? null : member.text(name);
        if (value != null && !value.equals(expected)) {
            throw Refusals.envelope("/" + name, "must be " + expected, value);
        }
    }
}
