package dev.dise.schemas;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks a word up in a closed vocabulary, whatever its case, with synonyms. */
final class Words {
    private Words() {}

    static <T> Optional<T> parse(String text, T[] values, Function<T, String> nameOf, Map<String, T> synonyms) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        for (T value : values) {
            if (nameOf.apply(value).equals(word)) {
                return Optional.of(value);
            }
        }
        @Nullable T synonym = synonyms.get(word);
        return Optional.ofNullable(synonym);
    }
}
