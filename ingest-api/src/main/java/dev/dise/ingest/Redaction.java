package dev.dise.ingest;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What of an event's data must not leave the process. It runs before the event goes anywhere, the spool included. Two means:
 * values of fields whose name says that they are secret become {@value #MASK} wherever they are nested, and a hook of the
 * tool may change the data as it likes. Immutable; a hook must be thread-safe and quick, since it runs in the caller.
 *
 * <p>A name is secret if it ends with one of the words, as whole words: {@code dbPassword}, {@code IDToken} and {@code
 * x-api-key} are,
 * {@code max_tokens} is not.
 */
public final class Redaction {
    /** What stands for a secret. */
    public static final String MASK = "****";

    private static final Set<String> USUAL_WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "api_key",
            "apikey",
            "access_key",
            "private_key",
            "secret_key",
            "authorization",
            "cookie",
            "credential",
            "credentials");

    private final Set<String> words;
    private final SecretNames names;
    private final @Nullable BiFunction<EventType, ObjectNode, ObjectNode> hook;

    private Redaction(Set<String> words, @Nullable BiFunction<EventType, ObjectNode, ObjectNode> hook) {
        this.words = Set.copyOf(words);
        this.names = new SecretNames(words);
        this.hook = hook;
    }

    /** Nothing is changed. */
    public static Redaction none() {
        return new Redaction(Set.of(), null);
    }

    /** The usual names of secrets: password, token, api_key, authorization, cookie and the like. */
    public static Redaction usual() {
        return new Redaction(USUAL_WORDS, null);
    }

    /** The same with more names, given in snake case. */
    public Redaction withNames(String... names) {
        Set<String> more = Stream.concat(words.stream(), Arrays.stream(names)).collect(Collectors.toSet());
        return new Redaction(more, hook);
    }

    /** The same with a hook that gives the data that may go out; what it throws drops the event, which is counted. */
    public Redaction withHook(BiFunction<EventType, ObjectNode, ObjectNode> newHook) {
        return new Redaction(words, newHook);
    }

    /** The event as it may go out; the very same if there is nothing to hide. */
    Event apply(Event event) {
        boolean hasSecret = !words.isEmpty() && names.mayOccurIn(event.data());
        if (hook == null && !hasSecret) {
            return event;
        }
        ObjectNode data = (ObjectNode) Json.parse(event.data());
        if (hasSecret) {
            mask(data);
        }
        if (hook != null) {
            data = hook.apply(event.envelope().type(), data);
        }
        return event.withData(Json.encode(data));
    }

    boolean isSecret(String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(word -> snake.equals(word) || snake.endsWith("_" + word));
    }

    private void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            for (String name : names) {
                JsonNode value = object.get(name);
                if (!value.isNull() && isSecret(name)) {
                    object.set(name, StringNode.valueOf(MASK));
                } else {
                    mask(value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::mask);
        }
    }
}
