package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String SECRET = "s3cr3t-value";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "dbPassword",
                "DB_PASSWORD",
                "x-api-key",
                "apiKey",
                "APIKEY",
                "Authorization",
                "Set-Cookie",
                "user.token",
                "access_token",
                "aws_secret_access_key",
                "credentials",
                "client secret",
                "DBPassword",
                "IDToken",
                "api/key",
                "api key",
                "ключ.api\u2013key"
            })
    void hidesValuesOfSecretNames(String name) {
        assertThat(redacted(Redaction.usual(), Map.of(name, SECRET))).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max_tokens", "total_tokens", "tokenizer", "message_key", "secretary", "password_length", "note"
            })
    void leavesOtherNamesAlone(String name) {
        Event event = event(Map.of(name, SECRET));
        assertThat(Redaction.usual().apply(event)).isSameAs(event);
    }

    @Test
    void hidesWhateverTheValueIsAndHoweverDeepItLies() {
        Map<String, Object> details =
                Map.of("list", List.of(Map.of("token", List.of(SECRET)), Map.of("token", Map.of("a", SECRET))));
        assertThat(redacted(Redaction.usual(), details)).doesNotContain(SECRET).contains("****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass\\u0077ord", "\\u0070assword", "x\\u002dapi\\u005fkey", "a\\\"b token"})
    void findsNamesThatAreWrittenWithEscapes(String name) {
        Event event = event(Map.of());
        byte[] data = ("{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\",\"details\":{\"" + name + "\":\""
                        + SECRET + "\"}}")
                .getBytes(UTF_8);
        Event out = Redaction.usual().apply(new Event(event.envelope(), data));
        assertThat(new String(out.data(), UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void findsNamesInJsonThatWasWrittenByOthers() {
        Event event = event(Map.of());
        byte[] data = ("{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\",\"details\":{ \"Password\" \n:\""
                        + SECRET + "\"}}")
                .getBytes(UTF_8);
        Event out = Redaction.usual().apply(new Event(event.envelope(), data));
        assertThat(new String(out.data(), UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void knowsNamesOfTheTool() {
        assertThat(redacted(Redaction.usual().withNames("employee_number"), Map.of("employeeNumber", SECRET)))
                .doesNotContain(SECRET);
    }

    @Test
    void aHookMayChangeEverything() {
        Redaction redaction = Redaction.none().withHook((type, data) -> data.put("message", "hidden"));
        assertThat(redacted(redaction, Map.of("a", 1))).contains("\"message\":\"hidden\"");
    }

    @Test
    void whatAHookThrowsReachesTheCaller() {
        Redaction redaction = Redaction.none().withHook((type, data) -> {
            throw new IllegalStateException("no");
        });
        assertThatIllegalStateException().isThrownBy(() -> redacted(redaction, Map.of("a", 1)));
    }

    private static String redacted(Redaction redaction, Map<String, ?> details) {
        return new String(redaction.apply(event(details)).data(), UTF_8);
    }

    private static Event event(Map<String, ?> details) {
        return Event.of("urn:s", Log.of("t", LogLevel.INFO, "m").withDetails(Map.copyOf(details)));
    }
}
