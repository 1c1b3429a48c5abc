package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The kinds of match on one value. Types must agree: the number 1 does not match the text "1". */
final class MatchPredicate {

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+");

    private MatchPredicate() {}

    static Predicate<Value> compile(Match match) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD -> oneOfTexts(Set.of(match.getKeyword()));
            case KEYWORDS -> oneOfTexts(Set.copyOf(match.getKeywords().getStringsList()));
            case INTEGER -> oneOfIntegers(Set.of(match.getInteger()));
            case INTEGERS -> oneOfIntegers(Set.copyOf(match.getIntegers().getIntegersList()));
            case BOOLEAN -> value -> value.hasBoolValue() && value.getBoolValue() == match.getBoolean();
            case EXCEPT_KEYWORDS ->
                except(oneOfTexts(Set.copyOf(match.getExceptKeywords().getStringsList())));
            case EXCEPT_INTEGERS ->
                except(oneOfIntegers(Set.copyOf(match.getExceptIntegers().getIntegersList())));
            case TEXT -> allTokens(tokens(match.getText()));
            case TEXT_ANY -> anyToken(tokens(match.getTextAny()));
            case PHRASE -> phrase(tokens(match.getPhrase()));
            case MATCHVALUE_NOT_SET -> throw QdrantError.wrongInput("a match condition is empty");
        };
    }

    private static Predicate<Value> oneOfTexts(Set<String> texts) {
        return value -> value.hasStringValue() && texts.contains(value.getStringValue());
    }

    private static Predicate<Value> oneOfIntegers(Set<Long> integers) {
        return value -> value.hasIntegerValue() && integers.contains(value.getIntegerValue());
    }

    /** As in Qdrant any other scalar is "something else", null and objects are not. */
    private static Predicate<Value> except(Predicate<Value> listed) {
        return value -> isScalar(value) && !listed.test(value);
    }

    private static boolean isScalar(Value value) {
        return value.hasStringValue() || value.hasIntegerValue() || value.hasDoubleValue() || value.hasBoolValue();
    }

    private static Predicate<Value> allTokens(List<String> wanted) {
        return value -> value.hasStringValue()
                && !wanted.isEmpty()
                && new HashSet<>(tokens(value.getStringValue())).containsAll(wanted);
    }

    private static Predicate<Value> anyToken(List<String> wanted) {
        return value ->
                value.hasStringValue() && !Collections.disjoint(new HashSet<>(tokens(value.getStringValue())), wanted);
    }

    private static Predicate<Value> phrase(List<String> wanted) {
        return value -> value.hasStringValue()
                && !wanted.isEmpty()
                && Collections.indexOfSubList(tokens(value.getStringValue()), wanted) >= 0;
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
