package dev.dise.query;

import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a filter becomes in SQL: names from the catalogue, and every value behind a question mark.
 *
 * @param searched whether its index finds all rows that fulfil it and not the newest first
 */
public record Condition(String sql, List<Object> values, boolean searched) {
    private static final int INDEXED = 200;

    public Condition {
        values = List.copyOf(values);
    }

    /** One that an index answers in the order of time, or none does. */
    public Condition(String sql, List<Object> values) {
        this(sql, values, false);
    }

    /** Whether an index that finds the rows has them in the order of time; of several values it has them value by value. */
    boolean keepsOrder() {
        return !searched && values.stream().noneMatch(List.class::isInstance);
    }

    /** Empty if the filter was not given. */
    static Optional<Condition> of(Filter filter, Parameters parameters, Moments moments) {
        if (filter.kind() == Filter.Kind.INSIDE) {
            return InsideJson.of(filter, parameters);
        }
        if (parameters.all(filter.name()).isEmpty()) {
            return Optional.empty();
        }
        String name = filter.name();
        String column = filter.columns().getFirst();
        return Optional.of(
                switch (filter.kind()) {
                    case TEXT -> anyOf(column, parameters.all(name));
                    case LONG_TEXT -> anyOfLong(column, parameters.all(name));
                    case EVENT_ID -> anyOf(column, eventIds(name, parameters));
                    case FINGERPRINT -> anyOf(column, fingerprints(name, parameters));
                    case LEVEL -> anyOf(column, words(name, parameters, Condition::level, levels()));
                    case SEVERITY -> anyOf(column, words(name, parameters, Condition::severity, severities()));
                    case FLAG -> new Condition(flag(name, parameters) ? column : "NOT " + column, List.of());
                    case WORDS ->
                        TextQuery.parse(name, single(name, parameters)).in(filter.columns());
                    case INSIDE -> throw new IllegalArgumentException(name + " has a path");
                    case SINCE -> one(column + " >= ?", moments.parse(name, single(name, parameters)));
                    case UNTIL -> one(column + " < ?", moments.parse(name, single(name, parameters)));
                });
    }

    private static Condition one(String sql, Object value) {
        return new Condition(sql, List.of(value));
    }

    /** Of one value it is a plain comparison, which an index answers in the order of time. */
    private static Condition anyOf(String column, List<?> values) {
        if (values.size() == 1) {
            return one(column + " = ?", values.getFirst());
        }
        return one(column + " = ANY(?)", List.copyOf(values));
    }

    private static Condition anyOfLong(String column, List<String> values) {
        List<String> beginnings = values.stream().map(Condition::beginning).toList();
        Condition indexed = anyOf("left(" + column + ", " + INDEXED + ")", beginnings);
        Condition exact = anyOf(column, values);
        return new Condition(
                indexed.sql() + " AND " + exact.sql(),
                Stream.concat(indexed.values().stream(), exact.values().stream())
                        .toList());
    }

    /** As PostgreSQL counts characters: by code points. */
    private static String beginning(String text) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(INDEXED, text.codePointCount(0, text.length()))));
    }

    private static List<?> eventIds(String name, Parameters parameters) {
        List<String> ids = parameters.all(name);
        if (ids.stream().anyMatch(id -> id.length() > EventIds.MAX_LENGTH)) {
            throw RefusedException.badValue(name, "must have at most " + EventIds.MAX_LENGTH + " characters");
        }
        return ids.stream().map(EventIds::asUuid).toList();
    }

    private static List<?> fingerprints(String name, Parameters parameters) {
        return parameters.all(name).stream()
                .map(text -> Fingerprints.parse(name, text))
                .toList();
    }

    private static List<String> words(
            String name, Parameters parameters, Function<String, Optional<String>> parse, String allowed) {
        List<String> words = parameters.list(name).stream()
                .map(word ->
                        parse.apply(word).orElseThrow(() -> RefusedException.badValue(name, "must be of " + allowed)))
                .distinct()
                .toList();
        if (words.isEmpty()) {
            throw RefusedException.badValue(name, "must not be empty");
        }
        return words;
    }

    private static Optional<String> level(String word) {
        return LogLevel.parse(word).map(LogLevel::wireName);
    }

    private static Optional<String> severity(String word) {
        return Severity.parse(word).map(Severity::wireName);
    }

    private static String levels() {
        return Arrays.stream(LogLevel.values()).map(LogLevel::wireName).collect(Collectors.joining(", "));
    }

    private static String severities() {
        return Arrays.stream(Severity.values()).map(Severity::wireName).collect(Collectors.joining(", "));
    }

    private static boolean flag(String name, Parameters parameters) {
        return switch (single(name, parameters)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw RefusedException.badValue(name, "must be true or false");
        };
    }

    private static String single(String name, Parameters parameters) {
        return parameters.one(name).orElseThrow();
    }
}
