package dev.dise.runtime.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an enum constant is written in the config: {@code at_least_once}. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String of(Enum<?>[] values) {
        return Arrays.stream(values).map(Words::of).collect(Collectors.joining(", "));
    }
}
