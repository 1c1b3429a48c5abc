package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay.Written;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgReplayIT {
    private static PgServer server;
    private static DatabaseConfig config;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = PgServer.start(folder.resolve("pg"));
        Path file = Files.writeString(folder.resolve("config.yaml"), server.settings(""));
        config = DiseConfig.load(file, Map.of()).database();
        PgSinkService.migrate(config);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void writesWhatIsMissingTellsWhatIsThereAndMovesNoPlace() throws Exception {
        EventDeliveries deliveries = new EventDeliveries(new Partition("dise.bulk", 3));
        List<SourceRecord> records = Stream.of(
                        PgSinkRig.log("one", null),
                        PgSinkRig.tool("\"tool_code\":\"x\"", 0),
                        PgSinkRig.bug("first", null, 0),
                        PgSinkRig.bug("second", null, 5))
                .map(deliveries::record)
                .toList();
        RecordingRefusals refusals = new RecordingRefusals();
        try (PgReplay replay = PgReplay.of(config)) {
            assertThat(replay.write(records, refusals)).isEqualTo(new Written(4, 0, 0));
            assertThat(replay.write(records, refusals)).isEqualTo(new Written(0, 4, 0));
            server.execute("DELETE FROM dise_g1.tool_logs");
            assertThat(replay.write(records, refusals)).isEqualTo(new Written(1, 3, 0));
            assertThat(replay.toolOf(records.get(2))).isEqualTo("t");
            Event bad = PgSinkRig.json(EventType.LOG, "t", "{\"tool_id\":\"t\"}", Instant.now());
            assertThat(replay.write(List.of(deliveries.record(bad)), refusals)).isEqualTo(new Written(0, 0, 1));
        }
        assertThat(refusals.accepted()).hasSize(1);
        assertThat(server.query("SELECT source_partition, source_offset FROM dise_g1.tool_logs"))
                .containsExactly(Map.of("source_partition", "3", "source_offset", "0"));
        assertThat(server.query("SELECT message, occurrences FROM dise_g1.tool_bugs"))
                .containsExactly(Map.of("message", "second", "occurrences", "2"));
        assertThat(server.recordsDone()).isZero();
    }
}
