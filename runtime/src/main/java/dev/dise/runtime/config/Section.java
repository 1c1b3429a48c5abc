package dev.dise.runtime.config;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One mapping of the config while it is read; notes mistakes instead of throwing, and knows which keys were asked for. */
final class Section {
    private final String path;
    private final JsonNode node;
    private final List<String> mistakes;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, JsonNode node, List<String> mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            mistakes.add(path + " must be a mapping but is '" + node.asString("a list") + "'");
        }
    }

    Section section(String key) {
        return new Section(child(key), value(key), mistakes);
    }

    String text(String key, String fallback) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (value.isContainer()) {
            mistakes.add(child(key) + " must be one value but is a " + (value.isArray() ? "list" : "mapping"));
            return fallback;
        }
        return value.asString();
    }

    String requiredText(String key, String fallback) {
        String text = text(key, fallback);
        if (text.isBlank()) {
            mistakes.add(child(key) + " must not be empty");
        }
        return text;
    }

    Secret secret(String key) {
        return new Secret(text(key, ""));
    }

    int number(String key, int fallback, int min, int max) {
        String text = text(key, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(text.strip());
            if (number < min || number > max) {
                mistakes.add(child(key) + " must be from " + min + " to " + max + " but is " + number);
            }
            return number;
        } catch (NumberFormatException e) {
            mistakes.add(child(key) + " must be a whole number but is '" + text + "'");
            return fallback;
        }
    }

    Duration duration(String key, Duration fallback, Duration min, Duration max) {
        String text = text(key, DurationText.of(fallback));
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            mistakes.add(
                    child(key) + " must be a time span such as " + DurationText.EXAMPLES + " but is '" + text + "'");
            return fallback;
        }
        if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
            mistakes.add(child(key) + " must be from " + DurationText.of(min) + " to " + DurationText.of(max)
                    + " but is " + text.strip());
        }
        return duration.get();
    }

    /** A number of bytes. */
    long size(String key, long fallback, long min, long max) {
        String text = text(key, SizeText.of(fallback));
        OptionalLong size = SizeText.parse(text);
        if (size.isEmpty()) {
            mistakes.add(child(key) + " must be a size such as " + SizeText.EXAMPLES + " but is '" + text + "'");
            return fallback;
        }
        if (size.getAsLong() < min || size.getAsLong() > max) {
            mistakes.add(child(key) + " must be from " + SizeText.of(min) + " to " + SizeText.of(max) + " but is "
                    + text.strip());
        }
        return size.getAsLong();
    }

    boolean flag(String key, boolean fallback) {
        String text = text(key, Boolean.toString(fallback)).strip();
        if (!text.equals("true") && !text.equals("false")) {
            mistakes.add(child(key) + " must be true or false but is '" + text + "'");
        }
        return text.equals("true");
    }

    <E extends Enum<E>> E choice(String key, E fallback, E[] values) {
        String text = text(key, Words.of(fallback)).strip();
        for (E value : values) {
            if (Words.of(value).equals(text)) {
                return value;
            }
        }
        mistakes.add(child(key) + " must be one of " + Words.of(values) + " but is '" + text + "'");
        return fallback;
    }

    @Nullable
    List<String> list(String key) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isArray()) {
            mistakes.add(child(key) + " must be a list but is '" + value.asString("a mapping") + "'");
            return null;
        }
        return value.valueStream().map(item -> item.asString("")).toList();
    }

    Map<String, String> texts(String key) {
        Section section = section(key);
        Map<String, String> texts = new TreeMap<>();
        for (String name : section.node.propertyNames()) {
            texts.put(name, section.text(name, ""));
        }
        return texts;
    }

    void mistake(String key, String rule) {
        mistakes.add(child(key) + " " + rule);
    }

    /** Notes every key that nobody asked for; call it when all others were read. */
    void refuseUnknownKeys() {
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .map(name -> child(name) + " is not a setting; here there are "
                        + known.stream().sorted().collect(Collectors.joining(", ")))
                .forEach(mistakes::add);
    }

    private JsonNode value(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value == null ? MissingNode.getInstance() : value;
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
