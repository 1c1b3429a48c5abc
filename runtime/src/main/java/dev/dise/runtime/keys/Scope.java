package dev.dise.runtime.keys;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a key opens. */
public enum Scope {
    /** Bringing events. */
    EMIT,
    /** Asking questions. */
    QUERY,
    /** Asking by SQL, where that is switched on. */
    SQL,
    /** Everything that changes the system itself. */
    ADMIN;

    /** The name in files and on the command line: {@code emit}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scope of that name.
     *
     * @throws IllegalArgumentException with the names there are
     */
    @JsonCreator
    public static Scope parse(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("a scope must be one of " + names() + " but is " + name));
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Scope::wireName).toList();
    }
}
