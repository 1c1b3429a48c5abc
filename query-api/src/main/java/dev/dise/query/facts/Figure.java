package dev.dise.query.facts;

import dev.dise.query.RefusedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What tools are ranked by. */
public enum Figure {
    FAILURES,
    OPEN_BUGS,
    P95_LATENCY_MS,
    SUCCESS_RATE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws RefusedException if there is none of that name; it names them */
    static Figure parse(String name, String text) {
        return Arrays.stream(values())
                .filter(figure -> figure.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> RefusedException.badValue(
                        name,
                        "must be one of "
                                + Arrays.stream(values()).map(Figure::wireName).collect(Collectors.joining(", "))));
    }
}
