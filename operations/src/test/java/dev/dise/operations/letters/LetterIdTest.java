package dev.dise.operations.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterIdTest {
    private static final LetterId ID = new LetterId(new Partition("dise.bulk", 3), 1024, 2);

    @Test
    void isReadAsItIsWritten() {
        assertThat(ID).hasToString("dise.bulk-3@1024#2");
        assertThat(LetterId.parse(ID.toString())).contains(ID);
        assertThat(LetterId.parse("dise.vectors-g2-0@1#1"))
                .contains(new LetterId(new Partition("dise.vectors-g2", 0), 1, 1));
        assertThat(LetterId.parse("dise.bulk-3@1024")).isEmpty();
        assertThat(LetterId.parse("dise.bulk-99999999999@1#1")).isEmpty();
    }

    @Test
    void isTheRecordThatWasRefusedAndNotTheLetter() {
        Map<String, String> headers =
                Map.of("dlq.topic", "dise.bulk", "dlq.partition", "3", "dlq.offset", "1024", "dlq.attempts", "2");
        assertThat(LetterId.of(letter(7, headers))).isEqualTo(ID).isEqualTo(LetterId.of(letter(8, headers)));
    }

    @Test
    void aLetterThatNamesNoRecordIsItself() {
        assertThat(LetterId.of(letter(7, Map.of()))).hasToString("dise.dead-letters-0@7#1");
        Map<String, String> odd = Map.of("dlq.topic", "dise.bulk", "dlq.partition", "-1", "dlq.offset", "x");
        assertThat(LetterId.of(letter(7, odd))).hasToString("dise.dead-letters-0@7#1");
    }

    private static SourceRecord letter(long offset, Map<String, String> headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach((name, value) -> list.add(new Header(name, value.getBytes(UTF_8))));
        return new SourceRecord(new Partition("dise.dead-letters", 0), offset, Instant.EPOCH, null, null, list);
    }
}
