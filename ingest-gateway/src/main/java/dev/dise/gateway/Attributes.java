package dev.dise.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Map;
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
    private static final HeaderName ID = HeaderNames.create("ce-id");
    private static final HeaderName SOURCE = HeaderNames.create("ce-source");
    private static final HeaderName SUBJECT = HeaderNames.create("ce-subject");
    private static final HeaderName TIME = HeaderNames.create("ce-time");
    private static final HeaderName RUN_ID = HeaderNames.create("ce-runid");
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    /** The attributes that come as HTTP headers. */
    static Attributes of(String type, ServerRequestHeaders headers) {
        return new Attributes(
                type,
                headers.first(ID).orElse(null),
                headers.first(SOURCE).orElse(null),
                headers.first(SUBJECT).orElse(null),
                headers.first(TIME).orElse(null),
                headers.first(RUN_ID).orElse(null),
                headers.first(TRACEPARENT).orElse(null));
    }

    /** The attributes that come as members of a JSON object. */
    static Attributes of(Map<String, JsonMember> members) {
        return new Attributes(
                text(members, "type"),
                text(members, "id"),
                text(members, "source"),
                text(members, "subject"),
                text(members, "time"),
                text(members, "runid"),
                text(members, "traceparent"));
    }

    private static @Nullable String text(Map<String, JsonMember> members, String name) {
        JsonMember member = members.get(name);
        return member == null ? null : member.text(name);
    }
}
