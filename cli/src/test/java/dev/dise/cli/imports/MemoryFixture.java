package dev.dise.cli.imports;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A finished import: its lines and its summary. */
record MemoryFixture(List<ImportedLine> lines, ImportSummary summary) {
    private static final DataReader READER = new DataReader();

    static MemoryFixture read(@Nullable Path artifacts, @Nullable Path tools) throws IOException {
        List<ImportedLine> lines = new ArrayList<>();
        try (DiseMemoryImport memory = DiseMemoryImport.open(artifacts, tools)) {
            memory.forEachRemaining(lines::add);
            return new MemoryFixture(lines, memory.summary());
        }
    }

    static MemoryFixture ofArtifacts(Path directory, String... lines) throws IOException {
        return read(Files.writeString(directory.resolve("artifacts.jsonl"), String.join("\n", lines)), null);
    }

    static MemoryFixture ofTools(Path directory, String... lines) throws IOException {
        return read(null, Files.writeString(directory.resolve("tools.jsonl"), String.join("\n", lines)));
    }

    List<Event> events() {
        return lines.stream().flatMap(line -> line.events().stream()).toList();
    }

    List<String> ids() {
        return events().stream().map(event -> event.envelope().id()).toList();
    }

    List<EventType> types() {
        return events().stream().map(event -> event.envelope().type()).toList();
    }

    /** The data of the event at that place, checked by its schema. */
    JsonNode data(int index) {
        return data(events().get(index));
    }

    static JsonNode data(Event event) {
        READER.read(event.envelope().type(), event.data());
        return Json.parse(event.data());
    }
}
