package dev.dise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.cli.BenchCommand;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The command on few rows: the figures are there, whatever they say. */
class BenchIT {
    @TempDir
    private Path state = Path.of("");

    @Test
    void reportsEveryFigureWithTheMachine() {
        JsonNode report = run("postgres", "--rows", "40000", "--no-peers", "-o", "json");

        assertThat(report.path("bench").asString()).isEqualTo("postgres");
        assertThat(report.path("machine").propertyNames()).contains("cores", "memory", "os", "jdk", "date");
        List<String> names = new ArrayList<>();
        for (JsonNode figure : report.path("figures")) {
            names.add(figure.path("name").asString());
            assertThat(figure.propertyNames()).containsExactlyInAnyOrder("name", "value", "unit", "goal", "met");
            assertThat(figure.path("value").asDouble()).isPositive();
            assertThat(figure.path("met").isNull())
                    .isEqualTo(figure.path("goal").isNull());
        }
        assertThat(names)
                .containsExactly(
                        "raw_copy_rows_per_s",
                        "topic_to_row_rows_per_s",
                        "worker_heap_limit",
                        "topic_to_row_vs_raw_copy",
                        "duplicates_1pct_rows_per_s",
                        "poison_1pct_rows_per_s",
                        "poison_1pct_vs_clean",
                        "entity_upserts_per_s",
                        "insert_per_row_rows_per_s",
                        "isolation_statements_1_in_500");
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void rebuildsAndFindsNothingMissing() {
        JsonNode report = run("rebuild", "--rows", "10000", "-o", "json");

        List<String> exact = List.of(
                "reader_failures",
                "digests_equal",
                "rebuild_embeddings",
                "qdrant_digests_equal",
                "qdrant_reader_failures",
                "verify_heap_limit");
        List<String> met = new ArrayList<>();
        for (JsonNode figure : report.path("figures")) {
            if (figure.path("met").asBoolean(false)) {
                met.add(figure.path("name").asString());
            }
        }
        assertThat(met).containsAll(exact);
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void asksEveryKindOfQuestionBesideTheBareCall() {
        JsonNode report = run("query", "--rows", "2000", "-o", "json");

        List<String> asked = new ArrayList<>();
        List<String> met = new ArrayList<>();
        for (JsonNode figure : report.path("figures")) {
            String name = figure.path("name").asString();
            if (name.endsWith("_bare_p50") && !name.endsWith("_vs_bare_p50")) {
                assertThat(figure.path("value").asDouble()).as(name).isPositive();
                asked.add(name.substring(0, name.length() - "_bare_p50".length()));
            }
            if (figure.path("met").asBoolean(false)) {
                met.add(name);
            }
        }
        assertThat(asked)
                .contains(
                        "logs_list", "logs_rare_word", "failure_groups", "lineage", "search", "combined", "known_fixes")
                .hasSize(16);
        assertThat(met).contains("reader_failures");
        assertThat(state).isEmptyDirectory();
    }

    private JsonNode run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state", state.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return Json.mapper().readTree(out.toString());
    }
}
