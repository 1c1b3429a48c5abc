package dev.dise.gateway;

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

    /** The name in JSON, and behind {@code ce-} in headers. */
    String wireName() {
        return wireName;
    }

    int length() {
        return wireName.length();
    }

    boolean isAt(byte[] json, int from) {
        for (int i = 0; i < wireName.length(); i++) {
            if (json[from + i] != wireName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static Optional<Field> named(String name) {
        return ALL.stream().filter(field -> field.wireName.equals(name)).findFirst();
    }
}
