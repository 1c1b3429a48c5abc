package dev.dise.query;

import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a question, in the order they came; a name may come more than once. */
public record Parameters(Map<String, List<String>> values) {
    private static final int SHOWN = 60;

    /** @throws RefusedException if the text is not percent-encoded as it must be, or has a NUL in it */
    static Parameters parse(String rawQuery) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
            }
        }
        return new Parameters(values);
    }

    /** Decodes a part of a path, where a plus is a plus. */
    public static String decodeSegment(String segment) {
        return decode(segment.replace("+", "%2B"));
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\0') >= 0) {
                throw RefusedException.badValue("the address", "must not contain the character U+0000");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw RefusedException.badValue("the address", "must be percent-encoded UTF-8");
        }
    }

    /**
     * Allowed names may end with a star, which stands for a path.
     *
     * @throws RefusedException if any other name was given; it names the allowed ones
     */
    public void requireOnly(Collection<String> allowed) {
        for (String name : values.keySet()) {
            if (allowed.stream().noneMatch(pattern -> matches(pattern, name))) {
                String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
                throw new RefusedException(Problem.unknownFilter(
                        "'" + shown + "' is not a filter here; allowed are " + String.join(", ", allowed)));
            }
        }
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith(".*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    /** The same with one moment instead of what was said of it. */
    public Parameters at(String name, OffsetDateTime moment) {
        Map<String, List<String>> others = new LinkedHashMap<>(values);
        others.put(name, List.of(EnvelopeHeaders.formatTime(moment.toInstant())));
        return new Parameters(others);
    }

    /** The names that begin so. */
    List<String> namesWith(String prefix) {
        return values.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** Whether it was given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Every value of the name; empty if it was not given. */
    public List<String> all(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.stream().anyMatch(String::isBlank)) {
            throw RefusedException.badValue(name, "must not be empty");
        }
        return given;
    }

    /** Every value of the name, repeated or with commas between them. */
    public List<String> list(String name) {
        return all(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** The one value of the name. */
    public Optional<String> one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw RefusedException.badValue(name, "must be given once");
        }
        return given.stream().findFirst();
    }

    /** A whole number within bounds; the fallback if it was not given. */
    public int number(String name, int fallback, int min, int max) {
        String rule = "must be a whole number from " + min + " to " + max;
        int number;
        try {
            number = one(name).map(Integer::parseInt).orElse(fallback);
        } catch (NumberFormatException e) {
            throw RefusedException.badValue(name, rule);
        }
        if (number < min || number > max) {
            throw RefusedException.badValue(name, rule);
        }
        return number;
    }

    /** Whether it was given as {@code true}. */
    public boolean flag(String name) {
        return flag(name, false);
    }

    /** The same, with what holds if it was not given. */
    public boolean flag(String name, boolean fallback) {
        return switch (one(name).orElse(Boolean.toString(fallback))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw RefusedException.badValue(name, "must be true or false");
        };
    }

    /** A number from 0 to 1; the fallback if it was not given. */
    public double share(String name, double fallback) {
        String rule = "must be a number from 0 to 1";
        try {
            double share = one(name).map(Double::parseDouble).orElse(fallback);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw RefusedException.badValue(name, rule);
        }
        throw RefusedException.badValue(name, rule);
    }

    /** The type of event that the name says; null if it was not given. */
    public @Nullable EventType type(String name) {
        return one(name).map(text -> typeOf(name, text)).orElse(null);
    }

    /** The types of events that the name says. */
    public Set<EventType> types(String name) {
        return list(name).stream().map(text -> typeOf(name, text)).collect(Collectors.toUnmodifiableSet());
    }

    private static EventType typeOf(String name, String text) {
        return EventType.forWireName(text)
                .orElseThrow(() ->
                        RefusedException.badValue(name, "must be one of " + String.join(", ", EventType.wireNames())));
    }
}
