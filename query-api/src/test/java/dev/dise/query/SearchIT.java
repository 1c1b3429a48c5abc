package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is found by its words, and by what its JSON says. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class SearchIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        failure(
                "trace",
                "boom",
                "java.lang.NullPointerException: no list\\n\\tat org.acme.Sorter.sort(Sorter.java:42)",
                "s");
        failure("parse", "parse_json failed, state-of-the-art", "", "reading /var/log/app-1.log");
        failure("split", "division by zero", "", "Ärger in München");
        failure("plain", "the list is long; null pointer? Exception!", "", "100%");
        log("number", "{\"code\": 7, \"user\": {\"id\": \"ann\", \"tags\": [\"x\"]}}");
        log("text", "{\"code\": \"7\", \"user\": {\"id\": \"bob\"}, \"a b\": \"ü\\\"\"}");
        log("literals", "{\"code\": 7.0, \"ok\": true, \"none\": null}");
        log("words", "{\"ok\": \"true\", \"none\": \"null\"}");
        stack.insert("tool_logs", "{\"tool_id\": \"nothing\", \"log_level\": \"info\", \"message\": \"m\"}");
        stack.insert("tool_debug_data", """
                {"context_type": "t", "context_id": "debugged", "error": "disk full", "context_name": "the writer",
                 "metadata": {"step": {"n": 3}}}""");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "java.lang.NullPointerException | trace",
                "NullPointerException | trace",
                "nullpointerexception lang | trace",
                "lang.java | ~~",
                "NullPointer | ~~",
                "Sorter.java:42 | trace",
                "org.acme.Sorter.sort(Sorter.java | trace",
                "parse_json | parse",
                "json | parse",
                "state-of-the-art | parse",
                "-state-of-the-art | trace split plain",
                "/var/log | parse",
                "app-1.log failed | parse",
                "division München | split",
                "MÜNCHEN | split",
                "list | trace plain",
                "list -java | plain",
                "list -\"no list\" | plain",
                "\"no list\" | trace",
                "\"list no\" | ~~",
                "division OR boom | trace split",
                "list long OR boom | trace plain",
                "100% | plain",
                "exception! | plain",
                "(null OR boom) | trace plain",
                "list -boom -long | ~~"
            })
    void failuresAreFoundByTheWordsOfTheirTexts(String text, String found) throws Exception {
        assertThat(found("/v1/failures?q=" + encoded(text), "tool_id")).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "code=7 | number text literals",
                "code=7.00 | number literals",
                "code=8 | ~~",
                "user.id=ann | number",
                "user.id=ANN | ~~",
                "ok=true | literals words",
                "none=null | literals words",
                "a+b=%C3%BC%22 | text",
                "user.id=ann&details.user.id=bob | number text",
                "user.id=bob&details.code=7 | text",
                "user=ann | ~~"
            })
    void rowsAreFoundByWhatTheirDetailsSay(String filter, String found) throws Exception {
        assertThat(found("/v1/logs?details." + filter, "tool_id")).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"q=full+writer", "metadata.step.n=3", "q=disk&metadata.step.n=3"})
    void debugDataIsFoundByBoth(String filter) throws Exception {
        assertThat(found("/v1/debug?" + filter, "context_id")).isEqualTo("debugged");
        assertThat(found("/v1/debug?q=nowhere&" + filter.replace("q=", "status="), "context_id"))
                .isEmpty();
    }

    /** The rows in the order that they were inserted in. */
    private static String found(String path, String name) throws Exception {
        JsonNode answer = stack.json(path);
        assertThat(answer.has("items")).as("%s %s", path, answer).isTrue();
        return answer.get("items")
                .valueStream()
                .map(item -> item.get(name).stringValue())
                .collect(
                        Collectors.collectingAndThen(Collectors.toList(), names -> String.join(" ", names.reversed())));
    }

    private static void failure(String tool, String message, String trace, String scenario) throws SQLException {
        String stackTrace = trace.isEmpty() ? "null" : "\"" + trace + "\"";
        stack.insert("tool_failures", """
                {"tool_id": "%s", "error_message": "%s", "stack_trace": %s, "scenario": "%s"}""".formatted(tool, message, stackTrace, scenario));
    }

    private static void log(String tool, String details) throws SQLException {
        stack.insert(
                "tool_logs",
                "{\"tool_id\": \"" + tool + "\", \"log_level\": \"info\", \"message\": \"m\", \"details\": " + details
                        + "}");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
