package dev.dise.schemas;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers that a dead letter has beside its own: where it came from, and why it is here. */
public final class DeadLetterHeaders {
    /** Topic it came from. */
    public static final String TOPIC = "dlq.topic";
    /** Partition it came from. */
    public static final String PARTITION = "dlq.partition";
    /** Offset it came from. */
    public static final String OFFSET = "dlq.offset";
    /** Who refused it: {@code router}, {@code pg-sink}, {@code rag-sink}. */
    public static final String STAGE = "dlq.stage";
    /** The reason code, as in {@code SCHEMA}. */
    public static final String REASON = "dlq.reason";
    /** The reason for a person; no row values, at most 1,024 characters. */
    public static final String MESSAGE = "dlq.message";
    /** How often the stage has tried, counted from 1. */
    public static final String ATTEMPTS = "dlq.attempts";
    /** When it was refused, RFC 3339. */
    public static final String AT = "dlq.at";

    private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

    private DeadLetterHeaders() {}

    /**
     * The count of tries for a new letter: a record that was redriven and is refused again carries its earlier count.
     *
     * @param before value of {@link #ATTEMPTS} as the record has it, or null
     */
    public static String attempts(@Nullable String before) {
        boolean counted = before != null && COUNT.matcher(before).matches();
        return counted ? Integer.toString(Integer.parseInt(before) + 1) : "1";
    }
}
