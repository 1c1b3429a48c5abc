package dev.dise.cli.imports;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.EventData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes an imported line of an entry. Remembers the ids it saw, and what the memory says of its tools. */
final class EntryImport {
    private final DataReader reader = new DataReader();
    private final Set<String> artifactIds = new HashSet<>();
    private final Set<String> toolIds = new HashSet<>();
    private final Map<String, KnownTool> knownTools = new HashMap<>();
    private final Instant untimed;
    private final ImportTally tally;

    /**
     * @param untimed the time of entries that have none; each is later than the one before it by a microsecond
     */
    EntryImport(Instant untimed, ImportTally tally) {
        this.untimed = untimed;
        this.tally = tally;
    }

    ImportedLine artifact(String file, long number, ObjectNode entry) {
        return guarded(file, number, () -> readArtifact(file, number, entry));
    }

    ImportedLine tool(String file, long number, ObjectNode entry) {
        return guarded(file, number, () -> readTool(file, number, entry));
    }

    private ImportedLine readArtifact(String file, long number, ObjectNode entry) {
        ArtifactReading reading = new ArtifactReading(entry);
        Optional<MemoryArtifact> found = reading.artifact();
        if (found.isEmpty()) {
            return refused(file, number, Refusal.Reason.NO_ID, "/artifact_id is required");
        }
        MemoryArtifact artifact = found.get();
        Optional<EventType> type = EventType.forWireName(artifact.type()).filter(ArtifactMapping::isArtifactType);
        if (type.isEmpty()) {
            String explanation = "/artifact_type is not known: \"" + PlainText.cut(artifact.type(), 100) + "\"";
            return refused(file, number, Refusal.Reason.UNKNOWN_TYPE, explanation);
        }
        remember(artifactIds, artifact.id());
        List<EventData> data = mapped(artifact, type.get(), reading);
        if (data.isEmpty()) {
            String explanation = "/metadata lacks what an event of type " + artifact.type() + " requires";
            return refused(file, number, Refusal.Reason.INVALID_EVENT, explanation);
        }
        Instant time = artifact.createdAt() == null ? untimedAt(number) : artifact.createdAt();
        if (data.stream().anyMatch(each -> each.type() == EventType.TOOL)) {
            knownTools.put(artifact.id(), KnownTool.of(artifact, time));
        }
        return imported(file, number, events(data, LineStamp.of(entry, time)), reading);
    }

    private ImportedLine readTool(String file, long number, ObjectNode entry) {
        ArtifactReading reading = new ArtifactReading(entry);
        Optional<String> toolId = reading.id("tool_id");
        if (toolId.isEmpty()) {
            return refused(file, number, Refusal.Reason.NO_ID, "/tool_id is required");
        }
        remember(toolIds, toolId.get());
        ToolMapping mapping = new ToolMapping(entry, reading, toolId.get());
        Instant time = Timestamps.read(entry.get("created_at"), ZoneOffset.UTC).orElse(untimedAt(number));
        LineStamp stamp = LineStamp.of(entry, time);
        List<Event> events = new ArrayList<>(events(List.of(mapping.definition()), stamp));
        KnownTool known = knownTools.get(ToolMapping.artifactId(toolId.get()));
        Artifact artifact = mapping.artifact();
        events.addAll(
                known == null
                        ? events(List.of(artifact), stamp)
                        : events(
                                List.of(known.completing(artifact)), new LineStamp(stamp.hash(), known.timeFor(time))));
        return imported(file, number, events, reading);
    }

    /** A family that lacks a field is still the pattern that DiSE says it is. */
    private static List<EventData> mapped(MemoryArtifact artifact, EventType type, ArtifactReading reading) {
        List<EventData> data = ArtifactMapping.map(artifact, type);
        if (data.isEmpty() && type == EventType.PATTERN) {
            reading.note(Adjustment.FAMILY_INCOMPLETE);
            return List.of(artifact.as(EventType.PATTERN));
        }
        return data;
    }

    private List<Event> events(List<EventData> data, LineStamp stamp) {
        List<Event> events = data.stream().map(stamp::event).toList();
        events.forEach(event -> reader.read(event.envelope().type(), event.data()));
        return events;
    }

    private Instant untimedAt(long number) {
        return untimed.plusNanos(number * 1_000);
    }

    private void remember(Set<String> ids, String id) {
        if (!ids.add(id)) {
            tally.addRepeat();
        }
    }

    private static ImportedLine imported(String file, long number, List<Event> events, ArtifactReading reading) {
        return new ImportedLine(file, number, events, null, reading.adjustments());
    }

    private static ImportedLine refused(String file, long number, Refusal.Reason reason, String explanation) {
        return ImportedLine.refused(file, number, new Refusal(reason, explanation));
    }

    private static ImportedLine guarded(String file, long number, Reading reading) {
        try {
            return reading.read();
        } catch (InvalidEventException e) {
            // One bad line does not end an import: it is counted, and shown to whoever runs it.
            return refused(file, number, Refusal.Reason.INVALID_EVENT, e.explanation());
        }
    }

    private interface Reading {
        ImportedLine read();
    }
}
