package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members of an event that mean something. */
enum Field {
    TYPE,
    DATA,
    ID,
    TIME,
    SOURCE,
    SUBJECT,
    RUNID,
    TRACEPARENT,
    SPECVERSION,
    DATACONTENTTYPE;

    /** All of them, the usual ones first. */
    static final List<Field> ALL = List.of(values());

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final byte[] bytes = wireName.getBytes(US_ASCII);

    /** The name in JSON, and behind {@code ce-} in headers. */
    String wireName() {
        return wireName;
    }

    int length() {
        return bytes.length;
    }

    boolean isAt(byte[] json, int from) {
        return Arrays.equals(json, from, from + bytes.length, bytes, 0, bytes.length);
    }

    static Optional<Field> named(String name) {
        return ALL.stream().filter(field -> field.wireName.equals(name)).findFirst();
    }
}
