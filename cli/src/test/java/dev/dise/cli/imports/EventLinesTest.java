package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.cli.imports.EventLines.EventLine;
import dev.dise.schemas.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    @Test
    void eachLineIsADocumentWithItsBytesAsTheyCame() throws IOException {
        List<EventLine> lines = read("\uFEFF{ \"a\" : 1 }\r\n\n  \n{\"b\":\"ä\"}\nno json");
        assertThat(lines)
                .extracting(line -> new String(line.data(), UTF_8))
                .containsExactly("{ \"a\" : 1 }", "", "", "{\"b\":\"ä\"}", "no json");
        assertThat(lines).extracting(EventLine::isBlank).containsExactly(false, true, true, false, false);
        assertThat(lines).extracting(EventLine::line).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void oneDocumentMayHaveSeveralLines() throws IOException {
        String document = "\n{\r\n  \"a\": 1\r\n}\n";
        assertThat(read(document))
                .singleElement()
                .satisfies(line -> assertThat(line.data()).isEqualTo(document.getBytes(UTF_8)));
        assertThat(read("")).isEmpty();
    }

    @Test
    void whatIsNeitherIsGoneThroughLineByLine() throws IOException {
        assertThat(read("{\n{\"a\":1}\n"))
                .extracting(line -> new String(line.data(), UTF_8))
                .containsExactly("{", "{\"a\":1}");
    }

    @Test
    void aLineThatIsTooLongCostsNoOther() throws IOException {
        String endless = "x".repeat(3 * Event.MAX_DATA_BYTES);
        List<EventLine> lines = read(endless + "\n{}\n");
        assertThat(lines).extracting(EventLine::isTooLong).containsExactly(true, false);
        assertThat(lines.get(0).bytes()).isEqualTo(endless.length());
        assertThat(lines.get(0).data()).isEmpty();
    }

    @Test
    void aStreamIsReadAsItComes() throws IOException {
        try (PipedOutputStream end = new PipedOutputStream();
                InputStream in = new PipedInputStream(end)) {
            end.write("{\"a\":1}\n".getBytes(UTF_8));
            // More may come, or not: the first line is to be had without it.
            EventLines lines = EventLines.of(in);
            assertThat(lines.next()).extracting(EventLine::line).isEqualTo(1L);
        }
    }

    private static List<EventLine> read(String input) throws IOException {
        List<EventLine> all = new ArrayList<>();
        try (EventLines lines = EventLines.of(new ByteArrayInputStream(input.getBytes(UTF_8)))) {
            for (EventLine line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        }
        return all;
    }
}
