package dev.dise.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLayoutsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "2024-05-06 07:08:09,123 INFO [main] org.acme.App: up § 2024-05-06T07:08:09.123Z § info § up",
                "2024-05-06 07:08:09,123 - WARN  [Peer[id=1]/0:0:2181:Elect@7] - slow § 2024-05-06T07:08:09.123Z § warning § slow",
                "24/05/06 07:08:09 ERROR storage.Store: gone § 2024-05-06T07:08:09Z § error § gone",
                "2024-05-06T07:08:09Z ERROR it broke § 2024-05-06T07:08:09Z § error § it broke",
                "2024-05-06T07:08:09.5+02:00 [fatal] it broke § 2024-05-06T05:08:09.5Z § critical § it broke",
                "2024/05/06 07:08:09 [error] open() failed § 2024-05-06T07:08:09Z § error § open() failed",
                "[2024-05-06 07:08:09] WARNING: low § 2024-05-06T07:08:09Z § warning § low",
                "2024-05-06 07:08:09,123 - a.b - WARNING - low § 2024-05-06T07:08:09.123Z § warning § low",
                "2024-05-06 07:08:09.123 [pool-1] DEBUG a.b.C - hm § 2024-05-06T07:08:09.123Z § debug § hm",
                "2024-05-06T07:08:09.123Z  INFO 12 --- [main] a.b.C : up § 2024-05-06T07:08:09.123Z § info § up",
                "Feb  9 20:10:40 box cron[12]: done § 2026-02-09T20:10:40Z § info § done",
                "Dec 31 23:59:59 box kernel: ERROR bad § 2025-12-31T23:59:59Z § error § bad",
                "1714979289 WARN old § 2024-05-06T07:08:09Z § warning § old",
                "1714979289.25 ERROR old § 2024-05-06T07:08:09.25Z § error § old",
                "1714979289123 INFO old § 2024-05-06T07:08:09.123Z § info § old",
                "ERROR:root:msg: x § 2026-03-01T00:00:00Z § error § msg: x",
                "2024-05-06 07:08:09 Zone lost § 2024-05-06T07:08:09Z § info § Zone lost",
                "2024-05-06 07:08:09 +0200 WARN low § 2024-05-06T05:08:09Z § warning § low",
                "[warn] low § 2026-03-01T00:00:00Z § warning § low",
                "FATAL: out of memory § 2026-03-01T00:00:00Z § critical § out of memory",
                "Something happened § 2026-03-01T00:00:00Z § info § Something happened",
                "WARRANTY void § 2026-03-01T00:00:00Z § info § WARRANTY void",
                "2024-02-31 07:08:09 no such day § 2026-03-01T00:00:00Z § info § 2024-02-31 07:08:09 no such day",
                "{\"ts\":1714979289.25,\"level\":\"warn\",\"msg\":\"low\"} § 2024-05-06T07:08:09.25Z § warning § low",
                "{\"time\":\"2024-05-06T07:08:09\",\"level\":50,\"message\":\"m\"} § 2024-05-06T07:08:09Z § error § m",
                "{not json} § 2026-03-01T00:00:00Z § info § {not json}",
                "2024-05-06 07:08:09 ERROR java.io.IOException: disk § 2024-05-06T07:08:09Z § error § java.io.IOException: disk",
                "2024-05-06 07:08:09 INFO [1, 2] were left § 2024-05-06T07:08:09Z § info § [1, 2] were left"
            })
    void understands(String line, Instant time, String level, String message) throws IOException {
        LogFixture read = LogFixture.of(line);
        assertThat(read.records()).hasSize(1);
        assertThat(read.time(0)).isEqualTo(time);
        assertThat(read.level(0)).isEqualTo(level);
        assertThat(read.message(0)).isEqualTo(message);
    }

    @Test
    void keepsLoggerAndThreadAsDetails() throws IOException {
        LogFixture read = LogFixture.of(
                "2024-05-06 07:08:09,123 - WARN  [Peer[id=1]/0:0:2181:Elect@7] - slow",
                "2024-05-06 07:08:09,123 INFO [IPC 3 on 1] org.acme.App: up",
                "2024-05-06 07:08:09.123 [pool-1] DEBUG a.b.C - hm",
                "Feb  9 20:10:40 box cron[12]: done",
                "{\"level\":\"info\",\"msg\":\"m\",\"logger\":\"l\",\"user\":{\"id\":7}}");
        assertThat(read.detail(0, "thread")).isEqualTo("Peer[id=1]/0:0:2181");
        assertThat(read.detail(0, "logger")).isEqualTo("Elect");
        assertThat(read.detail(0, "source_line")).isEqualTo("7");
        assertThat(read.detail(1, "thread")).isEqualTo("IPC 3 on 1");
        assertThat(read.detail(1, "logger")).isEqualTo("org.acme.App");
        assertThat(read.detail(2, "thread")).isEqualTo("pool-1");
        assertThat(read.detail(2, "logger")).isEqualTo("a.b.C");
        assertThat(read.detail(3, "process")).isEqualTo("cron");
        assertThat(read.detail(3, "pid")).isEqualTo("12");
        assertThat(read.detail(4, "logger")).isEqualTo("l");
        assertThat(read.detail(4, "fields/user/id")).isEqualTo("7");
        assertThat(read.detail(4, "file")).isEqualTo("app.log");
        assertThat(read.detail(4, "line")).isEqualTo("5");
    }
}
