package dev.dise.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/** A config that cannot be used, with every mistake in it. */
public final class ConfigException extends RuntimeException {
    private final List<String> mistakes;

    public ConfigException(List<String> mistakes) {
        super(mistakes.stream()
                .map(mistake -> "  - " + mistake)
                .collect(Collectors.joining("\n", mistakes.size() + " mistake(s) in the config:\n", "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each mistake as one sentence: its path, its rule and its value. */
    public List<String> mistakes() {
        return mistakes;
    }
}
