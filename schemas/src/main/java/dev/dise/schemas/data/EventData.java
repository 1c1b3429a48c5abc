package dev.dise.schemas.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dise.schemas.EventType;

/**
 * The data of one event. A record of it is valid by construction: required texts are there, vocabularies are closed.
 * What is null is left out of the JSON, which for a newer version of an entity means "as before".
 */
public sealed interface EventData
        permits Ancestry,
                Artifact,
                BugReport,
                Conversation,
                DebugData,
                Deletion,
                Evaluation,
                Failure,
                GeneratedTool,
                Log,
                PerfData,
                Performance {

    /** Its type in the catalogue. */
    @JsonIgnore
    EventType type();

    /** What it is about: the value of the catalogue's subject field, also the Kafka key. */
    @JsonIgnore
    String subject();
}
