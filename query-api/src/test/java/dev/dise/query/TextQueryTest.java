package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.query.TextQuery.Term;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextQueryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "timeout | timeout",
                "  two   words | two & words",
                "\"two words\" | two words",
                "before\"two words\"behind | before & two words & behind",
                "-this that | !this & that",
                "-\"not this\" that | !not this & that",
                "well-known -well-known | well-known & !well-known",
                "java.lang.Error parse_json | java.lang.Error & parse_json",
                "a b OR c or -d | a & b / c / !d",
                "\"or\" orbit | or & orbit",
                "or a or | a",
                "a - b -- c | a & b & c",
                "100% \"%\" ! | 100%",
                "\"no end | no end",
                "ärger 日本 | ärger & 日本"
            })
    void isReadAsASearchEngineReadsIt(String text, String meaning) {
        assertThat(told(TextQuery.parse("q", text))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "%", "\"\"", "... -\"!\"", "or", "🙂", "' OR '"})
    void punctuationAloneIsRefused(String text) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TextQuery.parse("q", text))
                .withMessage("q must have a word to look for: punctuation alone is none");
    }

    @Test
    void hasBounds() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TextQuery.parse("q", "x".repeat(1001)))
                .withMessageContaining("at most 1000 characters");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TextQuery.parse("q", "x or ".repeat(17)))
                .withMessageContaining("at most 16 words");
        assertThat(TextQuery.parse("q", "x ".repeat(16)).alternatives().getFirst())
                .hasSize(16);
    }

    @Test
    void aWordMayBeInAnyColumnAndAnExcludedOneInNone() {
        Condition condition = TextQuery.parse("q", "a -b OR ü").in(List.of("x", "y"));
        assertThat(condition.sql())
                .isEqualTo(
                        "((x ILIKE ? AND dise.words(x) @@ dise.phrase(?) OR y ILIKE ? AND dise.words(y) @@ dise.phrase(?))"
                                + " AND (x ILIKE ? AND dise.words(x) @@ dise.phrase(?)"
                                + " OR y ILIKE ? AND dise.words(y) @@ dise.phrase(?)) IS NOT TRUE"
                                + " OR (dise.words(x) @@ dise.phrase(?) OR dise.words(y) @@ dise.phrase(?)))");
        assertThat(condition.values()).isEqualTo(List.of("%a%", "a", "%a%", "a", "%b%", "b", "%b%", "b", "ü", "ü"));
    }

    @Test
    void aTextIsLookedThroughForTheLongestPartsOfATermFirst() {
        assertThat(TextQuery.parse("q", "java.lang.Error_5%").in(List.of("x")).values())
                .isEqualTo(List.of("%Error%", "%java%", "%lang%", "java.lang.Error_5%"));
        assertThat(TextQuery.parse("q", "naïve").in(List.of("x")).values()).isEqualTo(List.of("%na%", "%ve%", "naïve"));
    }

    private static String told(TextQuery query) {
        return query.alternatives().stream()
                .map(terms -> terms.stream().map(TextQueryTest::told).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" / "));
    }

    private static String told(Term term) {
        return (term.excluded() ? "!" : "") + term.text();
    }
}
