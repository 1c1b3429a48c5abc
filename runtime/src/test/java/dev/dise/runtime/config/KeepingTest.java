package dev.dise.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.config.ArchiveConfig.Bucket;
import dev.dise.runtime.config.ArchiveConfig.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everythingIsKeptForEverUnlessTheConfigSaysOtherwise() throws IOException {
        assertThat(load("{}").database().keeping()).isEqualTo(Keeping.forEver());
        assertThat(load("database: {tables: {tool_logs: {retention: \"\"}}}")
                        .database()
                        .keeping())
                .isEqualTo(Keeping.forEver());
    }

    @Test
    void readsARetentionForEachTable() throws IOException {
        Keeping keeping = load("""
                database:
                  tables: {tool_logs: {retention: 30d}, conversations: {retention: 48h}}
                  archive: {target: /var/lib/dise/archive}
                """).database().keeping();
        assertThat(keeping.retention())
                .containsOnly(
                        Map.entry("tool_logs", Duration.ofDays(30)), Map.entry("conversations", Duration.ofDays(2)));
        assertThat(keeping.archive().kind()).isEqualTo(Kind.FOLDER);
    }

    @Test
    void aRetentionNeedsAnArchiveOrTheDecisionAgainstOne() throws IOException {
        String retention = "database: {tables: {tool_logs: {retention: 30d}}, archive: {target: '%s'}}";
        assertThat(mistakes(retention.formatted("")))
                .containsExactly("database.archive.target must be set where a table has a retention: a folder,"
                        + " s3://bucket/prefix, or none to drop its rows without an archive");
        assertThat(load(retention.formatted("none"))
                        .database()
                        .keeping()
                        .archive()
                        .kind())
                .isEqualTo(Kind.NONE);
    }

    @Test
    void tellsWhatIsWrong() {
        assertThat(mistakes("""
                database:
                  tables: {tool_log: {retention: 30d}, tool_logs: {retention: 1h, kept: 3d}, conversations: {retention: long}}
                  archive: {target: "s3://no bucket", endpoint: "localhost:9000", access_key: only}
                """))
                .containsExactlyInAnyOrder(
                        "database.tables.tool_log is not a setting; here there are"
                                + " conversations, tool_debug_data, tool_logs, tool_performance",
                        "database.tables.tool_logs.retention must be from 1d to 36500d but is 1h",
                        "database.tables.tool_logs.kept is not a setting; here there are retention",
                        "database.tables.conversations.retention must be a time span such as"
                                + " 500ms, 20s, 5m, 2h or 30d but is 'long'",
                        "database.archive.target must be as in s3://bucket/prefix but is 's3://no bucket'",
                        "database.archive.endpoint must be as in https://host:9000 but is 'localhost:9000'",
                        "database.archive.access_key and secret_key must both be set, or neither");
    }

    @Test
    void aBucketMayHaveAPrefix() {
        assertThat(ArchiveConfig.to("s3://cold-store").bucket()).isEqualTo(new Bucket("cold-store", ""));
        assertThat(ArchiveConfig.to("s3://cold-store/dise/prod/").bucket())
                .isEqualTo(new Bucket("cold-store", "dise/prod"));
    }

    @Test
    void showsTheKeysAsStars() throws IOException {
        DiseConfig config = load("""
                database:
                  tables: {tool_logs: {retention: 30d}}
                  archive: {target: "s3://cold-store", access_key: hunter2, secret_key: hunter3}
                """);
        assertThat(config.toString()).doesNotContain("hunter");
        assertThat(config.shown())
                .containsEntry("database.keeping.archive.access_key", "****")
                .containsEntry("database.keeping.archive.secret_key", "****")
                .containsEntry("database.keeping.retention.tool_logs", "30d");
    }

    @Test
    void aStackOnThisMachineKeepsRowsAsTheConfigSays() throws IOException {
        DiseConfig config = load("database: {tables: {tool_logs: {retention: 30d}}, archive: {target: none}}");
        DatabaseConfig.Logins logins = config.database().logins();
        DatabaseConfig here = config.at(new DiseConfig.Addresses("127.0.0.1:1", 1, logins, 1, 0, 0))
                .database();
        assertThat(here.keeping()).isEqualTo(config.database().keeping());
    }

    private List<String> mistakes(String yaml) {
        var refused = assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(yaml));
        return refused.actual().mistakes();
    }

    private DiseConfig load(String yaml) throws IOException {
        return DiseConfig.load(Files.writeString(folder.resolve("config.yaml"), yaml), Map.of());
    }
}
