package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A finished import of a log: its records and its summary. */
record LogFixture(List<ImportedLog> records, LogImportSummary summary) {
    static final Instant UNTIMED = Instant.parse("2026-03-01T00:00:00Z");
    private static final DataReader READER = new DataReader();

    static LogFixture of(String... lines) throws IOException {
        return read(String.join("\n", lines).getBytes(UTF_8));
    }

    static LogFixture read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes), "app.log");
    }

    static LogFixture read(InputStream in, String file) throws IOException {
        List<ImportedLog> records = new ArrayList<>();
        try (LogFileImport log = LogFileImport.of(in, file, LogImportOptions.inUtc("my_tool", UNTIMED))) {
            log.forEachRemaining(records::add);
            return new LogFixture(records, log.summary());
        }
    }

    Instant time(int index) {
        return records.get(index).event().envelope().time();
    }

    /** The data of the record at that place, checked by its schema. */
    JsonNode data(int index) {
        return READER.read(EventType.LOG, records.get(index).event().data());
    }

    String level(int index) {
        return data(index).at("/log_level").asString();
    }

    String message(int index) {
        return data(index).at("/message").asString();
    }

    String detail(int index, String name) {
        return data(index).at("/details/" + name).asString();
    }

    List<String> ids() {
        return records.stream().map(log -> log.event().envelope().id()).toList();
    }
}
