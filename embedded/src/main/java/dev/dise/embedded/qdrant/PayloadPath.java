package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a payload a condition looks: {@code a.b}, {@code "quoted key".b}, {@code items[].name}, {@code items[0]}.
 *
 * <p>As in Qdrant, {@code []} walks through an array and a plain key does not; an array at the end of the path stands for
 * its elements.
 */
record PayloadPath(List<Step> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\G(?:(?<dot>\\.)?(?:\"(?<quoted>[^\"]+)\"|(?<key>[^.\\[\\]\"]+))|\\[(?<index>\\d*)])");

    PayloadPath {
        steps = List.copyOf(steps);
    }

    /** One move into a value. */
    sealed interface Step {}

    /** Into a field of an object. */
    record Key(String name) implements Step {}

    /** Into one element of an array. */
    record Index(int position) implements Step {}

    /** Into every element of an array. */
    record Each() implements Step {}

    static PayloadPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.group("index") == null && (matcher.group("dot") == null) != steps.isEmpty()) {
                throw wrong(text);
            }
            steps.add(step(matcher, text));
            end = matcher.end();
        }
        if (end != text.length() || steps.isEmpty() || !(steps.getFirst() instanceof Key)) {
            throw wrong(text);
        }
        return new PayloadPath(steps);
    }

    private static Step step(Matcher matcher, String text) {
        if (matcher.group("quoted") != null) {
            return new Key(matcher.group("quoted"));
        }
        if (matcher.group("key") != null) {
            return new Key(matcher.group("key"));
        }
        String index = matcher.group("index");
        if (index.isEmpty()) {
            return new Each();
        }
        try {
            return new Index(Integer.parseInt(index));
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
    }

    private static RuntimeException wrong(String text) {
        return QdrantError.wrongInput("Unable to parse the payload key: " + text);
    }

    /** The values the path leads to, arrays as arrays; empty where there are none. */
    List<Value> values(Map<String, Value> payload) {
        Key first = (Key) steps.getFirst();
        Value start = payload.get(first.name());
        List<Value> values = start == null ? List.of() : List.of(start);
        for (Step step : steps.subList(1, steps.size())) {
            values = values.stream()
                    .flatMap(value -> follow(value, step).stream())
                    .toList();
        }
        return values;
    }

    /** The values a condition is tested on: an array counts as its elements. */
    List<Value> elements(Map<String, Value> payload) {
        return values(payload).stream()
                .flatMap(value ->
                        value.hasListValue() ? value.getListValue().getValuesList().stream() : List.of(value).stream())
                .toList();
    }

    private static List<Value> follow(Value value, Step step) {
        return switch (step) {
            case Key key -> {
                Value field = value.getStructValue().getFieldsMap().get(key.name());
                yield field == null ? List.of() : List.of(field);
            }
            case Index index -> {
                List<Value> elements = value.getListValue().getValuesList();
                yield index.position() < elements.size() ? List.of(elements.get(index.position())) : List.of();
            }
            case Each each -> value.getListValue().getValuesList();
        };
    }
}
