package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandHasHelpWithAnExample() {
        CommandLine command = new CommandLine(new DiseCommand());
        assertThat(command.getSubcommands())
                .containsOnlyKeys(
                        "up",
                        "demo",
                        "emit",
                        "tail",
                        "import",
                        "logs",
                        "failures",
                        "bugs",
                        "bug",
                        "fixes",
                        "perf",
                        "export",
                        "ranking",
                        "ancestry",
                        "lineage",
                        "search",
                        "sql",
                        "status",
                        "top",
                        "trace",
                        "why",
                        "dlq",
                        "audit",
                        "replay",
                        "route",
                        "forget",
                        "verify",
                        "ledger",
                        "archive",
                        "rebuild",
                        "backup",
                        "restore",
                        "maintain",
                        "bench",
                        "keys",
                        "mcp",
                        "config");
        command.getSubcommands().forEach((name, subcommand) -> {
            CommandRun help = CommandRun.of(name, "--help");
            assertThat(help.exitCode()).isEqualTo(ExitCodes.OK);
            if (subcommand.getSubcommands().isEmpty()) {
                assertThat(help.out()).contains("Example", "./dise " + name);
            }
        });
    }

    @Test
    void aWrongCommandLineIsExitTwo() {
        assertThat(CommandRun.of("sing").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CommandRun.of().exitCode()).isEqualTo(ExitCodes.USAGE);
        CommandRun run = CommandRun.of("emit", "poem", "{}");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("no event type 'poem'").contains("bug_report");
    }

    @Test
    void whatIsRebuiltHasHelpTooAndRefusesWhatItCannotDo() {
        assertThat(CommandRun.of("rebuild", "qdrant", "--help").out()).contains("Example", "./dise rebuild qdrant");
        assertThat(CommandRun.of("rebuild").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CommandRun.of("rebuild", "qdrant", "--share", "2").err()).contains("--share is above 0");
        assertThat(CommandRun.of("rebuild", "qdrant", "--min-overlap", "7").exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void whatIsDoneWithAnArchiveHasHelpToo() {
        for (String name : new String[] {"list", "restore", "verify"}) {
            assertThat(CommandRun.of("archive", name, "--help").out()).contains("Example", "./dise archive " + name);
        }
    }

    @Test
    void whatIsDoneWithDeadLettersHasHelpToo() {
        for (String name : new String[] {"summary", "list", "show", "redrive", "discard"}) {
            assertThat(CommandRun.of("dlq", name, "--help").out()).contains("Example", "./dise dlq " + name);
        }
    }

    @Test
    void whatIsDoneWithRoutesHasHelpToo() {
        for (String name : new String[] {"diff", "apply"}) {
            assertThat(CommandRun.of("route", name, "--help").out()).contains("Example", "./dise route " + name);
        }
    }

    @Test
    void dangerousOrWrongWordsAboutDeadLettersAreExitTwo() {
        assertThat(CommandRun.of("dlq", "redrive").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CommandRun.of("dlq", "discard", "--why", "x").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CommandRun.of("dlq", "show", "5").err()).contains("dise.bulk-3@1024#1");
        assertThat(CommandRun.of("dlq", "list", "--status", "odd").err()).contains("open, quarantined");
        assertThat(CommandRun.of("dlq", "redrive", "--all", "--set", "severity=high")
                        .err())
                .contains("/severity=high");
    }

    @Test
    void aReplayOfEverythingHasToBeMeant() {
        assertThat(CommandRun.of("replay", "--to", "postgres").err()).contains("--all");
        assertThat(CommandRun.of("replay", "--to", "postgres", "--type", "poem").err())
                .contains("no event type 'poem'");
        assertThat(CommandRun.of("replay", "--to", "postgres", "--all", "--since", "noon")
                        .err())
                .contains("--since must be");
        assertThat(CommandRun.of("forget", "--subject", "s", "--type", "deletion")
                        .exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void makesListsAndRevokesKeysAndShowsASecretOnce() {
        String file = folder.resolve("keys.json").toString();
        CommandRun made = CommandRun.of("keys", "create", "ci", "--expires", "90d", "--file", file, "-o", "json");
        String keyId = made.json().get("key_id").stringValue();
        String key = made.json().get("key").stringValue();
        assertThat(key).startsWith("dise_" + keyId + "_");
        assertThat(CommandRun.of("keys", "create", "ci", "--scope", "emit,query", "--file", file)
                        .out())
                .startsWith("dise_");
        CommandRun list = CommandRun.of("keys", "list", "--file", file);
        assertThat(list.out()).contains(keyId, "ci", "emit,query", "live").doesNotContain(key.substring(14));
        assertThat(CommandRun.of("keys", "revoke", keyId, "--file", file).exitCode())
                .isEqualTo(ExitCodes.OK);
        assertThat(CommandRun.of("keys", "list", "--file", file, "-o", "json")
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void aKeyThatCannotBeMadeOrFoundIsExitTwo() {
        String file = folder.resolve("keys.json").toString();
        for (String[] args : new String[][] {
            {"keys"},
            {"keys", "list"},
            {"keys", "create", "a b", "--file", file},
            {"keys", "create", "ci", "--scope", "all", "--file", file},
            {"keys", "create", "ci", "--expires", "soon", "--file", file},
            {"keys", "revoke", "aaaaaaaa", "--file", file}
        }) {
            assertThat(CommandRun.of(args).exitCode())
                    .as(String.join(" ", args))
                    .isEqualTo(ExitCodes.USAGE);
        }
        for (String name : new String[] {"create", "list", "revoke"}) {
            assertThat(CommandRun.of("keys", name, "--help").out()).contains("Example", "./dise keys " + name);
        }
    }

    @Test
    void aWrongDayOrTableIsExitTwo() {
        for (String[] args : new String[][] {
            {"archive"},
            {"archive", "restore", "tool_bugs", "2026-01-31"},
            {"archive", "restore", "tool_logs", "2026-02-30"},
            {"archive", "restore", "tool_logs", "2026-01-31", "--keep", "long"},
            {"archive", "list", "--since", "yesterday"}
        }) {
            assertThat(CommandRun.of(args).exitCode()).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void saysWhereBenchmarksAre() {
        CommandRun run = CommandRun.of("bench", "postgres");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("no benchmark 'postgres'", "./dise bench");
    }

    @Test
    void saysThatNoDatabaseAnswers() throws IOException {
        Path nowhere = Files.writeString(folder.resolve("nowhere.yaml"), "database: {host: 127.0.0.1, port: 1}\n");
        for (String[] args : new String[][] {
            {"maintain"}, {"archive", "list"}, {"archive", "verify"}, {"archive", "restore", "tool_logs", "2026-01-31"}
        }) {
            List<String> all = new ArrayList<>(List.of(args));
            all.addAll(List.of("--config", nowhere.toString(), "--state", folder.toString()));
            CommandRun run = CommandRun.of(all.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(ExitCodes.NO_STACK);
            assertThat(run.err()).contains("PostgreSQL at 127.0.0.1:1 is not there");
        }
    }

    @Test
    void aWrongEventIsRefusedBeforeAnythingIsConnected() {
        CommandRun run = CommandRun.of("emit", "log", "{\"tool_id\":\"t\",\"log_level\":\"loud\",\"message\":\"m\"}");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("/log_level must be one of debug, info, warning, error, critical");
    }

    @Test
    void dataAreNamedOnceAndFiltersAreThoseThatThereAre() {
        for (String[] args : new String[][] {
            {"emit", "log"},
            {"emit", "log", "{}", "--json", "{}"},
            {"emit", "log", "-", "--file", "f"},
            {"emit", "log", "--file", "no such file"},
            {"emit", "log", "{}", "--time", "then"},
            {"tail", "--type", "poem"},
            {"tail", "--level", "loud"},
            {"tail", "--topic", "gossip"},
            {"tail", "--since", "then"},
            {"tail", "--since", "5m", "--from-start"}
        }) {
            assertThat(CommandRun.of(args).exitCode()).as("%s", List.of(args)).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void saysHowToStartAStackWhereThereIsNone() {
        String state = folder.toString();
        for (String[] args : new String[][] {
            {"logs", "--state", state, "--query-url", "http://127.0.0.1:1"},
            {"search", "x", "--state", state, "--query-url", "http://127.0.0.1:1"},
            {"sql", "SELECT 1", "--state", state, "--query-url", "http://127.0.0.1:1"},
            {"tail", "--state", state, "--kafka", "127.0.0.1:1"},
            {"emit", "log", "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}", "--kafka", "127.0.0.1:1"}
        }) {
            CommandRun run = CommandRun.of(args);
            assertThat(run.exitCode()).isEqualTo(ExitCodes.NO_STACK);
            assertThat(run.err()).contains("./dise up").contains("--local");
        }
    }

    @Test
    void checksTheConfig() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "database: {password: hunter2}\n");
        CommandRun run = CommandRun.of("config", "check", "--config", good.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("the config is good", "****").doesNotContain("hunter2");

        Path bad = Files.writeString(folder.resolve("bad.yaml"), "databse: {}\nkafka: {partitions: x}\n");
        CommandRun wrong = CommandRun.of("config", "check", "--config", bad.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(wrong.err()).contains("2 mistake(s)", "databse is not a setting", "kafka.partitions must be");
    }
}
