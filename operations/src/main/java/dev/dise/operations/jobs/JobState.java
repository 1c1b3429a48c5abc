package dev.dise.operations.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a job is. */
public enum JobState {
    /** It works. */
    RUNNING,
    /** It did what it was to do. */
    DONE,
    /** It did not; the problem says why. */
    FAILED;

    /** The name in answers: {@code running}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
