package dev.dise.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client says about an event beside its data; all of it but the type may be left to the gateway. */
record Attributes(
        @Nullable String type,
        @Nullable String id,
        @Nullable String source,
        @Nullable String subject,
        @Nullable String time,
        @Nullable String runId,
        @Nullable String traceparent) {
    private static final Map<Field, HeaderName> IN_HEADERS = Field.ALL.stream()
            .filter(field -> field != Field.DATA && field != Field.DATACONTENTTYPE)
            .collect(Collectors.toMap(
                    field -> field,
                    field -> HeaderNames.create("ce-" + field.wireName()),
                    (one, other) -> one,
                    () -> new EnumMap<>(Field.class)));
    private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
    private static final HeaderName TYPE = HeaderNames.create("ce-type");
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final String VERSION = "1.0";

    /** Whether the headers are those of a CloudEvent in binary mode, whose data is the body. */
    static boolean areIn(ServerRequestHeaders headers) {
        return headers.contains(SPEC_VERSION) || headers.contains(TYPE);
    }

    /**
     * The attributes that come as HTTP headers.
     *
     * @param type of the event, if the path says it
     */
    static Attributes of(@Nullable String type, ServerRequestHeaders headers) {
        Builder builder = new Builder();
        IN_HEADERS.forEach((field, header) -> {
            String value = headers.first(header).orElse(null);
            if (value != null) {
                builder.put(field, HeaderText.decode(field.wireName(), value));
            }
        });
        builder.requireCloudEvent();
        if (builder.traceparent == null) {
            builder.traceparent = headers.first(TRACEPARENT).orElse(null);
        }
        return builder.ofType(type).build();
    }

    /** Collects attributes by their names. */
    static final class Builder {
        private @Nullable String type;
        private @Nullable String id;
        private @Nullable String source;
        private @Nullable String subject;
        private @Nullable String time;
        private @Nullable String runId;
        private @Nullable String traceparent;
        private @Nullable String specVersion;
        private @Nullable String dataContentType;

        void put(Field field, @Nullable String value) {
            if (value != null && !Utf8.isWhole(value)) {
                throw Refusals.envelope("/" + field.wireName(), "has half of a character", null);
            }
            switch (field) {
                case TYPE -> type = value;
                case ID -> id = value;
                case SOURCE -> source = value;
                case SUBJECT -> subject = value;
                case TIME -> time = value;
                case RUNID -> runId = value;
                case TRACEPARENT -> traceparent = value;
                case SPECVERSION -> specVersion = value;
                case DATACONTENTTYPE -> dataContentType = value;
                case DATA -> throw new IllegalArgumentException("data are no attribute");
            }
        }

        /** Refuses what is said to be of another version, or to have other data than JSON. */
        void requireCloudEvent() {
            require("specversion", VERSION, specVersion);
            require("datacontenttype", MediaType.JSON.name(), dataContentType);
        }

        /** Takes the type of the path, if there is one, which no header may contradict. */
        private Builder ofType(@Nullable String pathType) {
            if (pathType != null && type != null && EventReader.parseType(type) != EventReader.parseType(pathType)) {
                throw Refusals.envelope("/type", "must be the type of the path", type);
            }
            type = pathType == null ? type : pathType;
            return this;
        }

        Attributes build() {
            return new Attributes(type, id, source, subject, time, runId, traceparent);
        }

        private static void require(String name, String expected, @Nullable String value) {
            if (value != null && !value.equals(expected)) {
                throw Refusals.envelope("/" + name, "must be " + expected, value);
            }
        }
    }
}
