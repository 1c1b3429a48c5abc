package dev.dise.query;

import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a filter becomes in SQL: names from the catalogue, and every value behind a question mark. */
record Condition(String sql, List<Object> values) {

    /** Empty if the filter was not given. */
    static Optional<Condition> of(Filter filter, Parameters parameters, Moments moments) {
        if (parameters.all(filter.name()).isEmpty()) {
            return Optional.empty();
        }
        String name = filter.name();
        String column = filter.columns().getFirst();
        return Optional.of(
                switch (filter.kind()) {
                    case TEXT -> anyOf(column, parameters.all(name));
                    case EVENT_ID -> anyOf(column, eventIds(name, parameters));
                    case LEVEL -> anyOf(column, words(name, parameters, Condition::level, levels()));
                    case SEVERITY -> anyOf(column, words(name, parameters, Condition::severity, severities()));
                    case FLAG -> one(column + " = ?", flag(name, parameters));
                    case CONTAINS -> contains(filter.columns(), single(name, parameters));
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

    /** The wildcards of LIKE in the text stand for themselves. */
    private static Condition contains(List<String> columns, String text) {
        Object pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        String sql = columns.stream().map(column -> column + " ILIKE ?").collect(Collectors.joining(" OR ", "(", ")"));
        return new Condition(sql, Collections.nCopies(columns.size(), pattern));
    }

    private static List<?> eventIds(String name, Parameters parameters) {
        List<String> ids = parameters.all(name);
        if (ids.stream().anyMatch(id -> id.length() > EventIds.MAX_LENGTH)) {
            throw RefusedException.badValue(name, "must have at most " + EventIds.MAX_LENGTH + " characters");
        }
        return ids.stream().map(EventIds::asUuid).toList();
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
