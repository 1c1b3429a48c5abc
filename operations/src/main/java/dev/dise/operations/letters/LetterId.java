package dev.dise.operations.letters;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.DeadLetterHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letter: the record that was refused, and which try that was. It stays the same when a crash writes the letter
 * twice, and when the topic of the letters is written anew.
 *
 * @param partition of the record that was refused
 * @param offset of the record that was refused
 * @param attempts how often it had been tried
 */
public record LetterId(Partition partition, long offset, int attempts) {
    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})#(\\d{1,9})");

    /** The id in its one form, {@code dise.bulk-3@1024#1}; empty if the text has another. */
    public static Optional<LetterId> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new LetterId(
                        new Partition(parts.group(1), Integer.parseInt(parts.group(2))),
                        Long.parseLong(parts.group(3)),
                        Integer.parseInt(parts.group(4))))
                : Optional.empty();
    }

    /** The id of a record of the dead letters' topic; of one that names no source, its own place. */
    static LetterId of(SourceRecord letter) {
        String topic = letter.header(DeadLetterHeaders.TOPIC);
        long number = number(letter.header(DeadLetterHeaders.PARTITION));
        long offset = number(letter.header(DeadLetterHeaders.OFFSET));
        int attempts = (int) Math.max(1, Math.min(number(letter.header(DeadLetterHeaders.ATTEMPTS)), 1_000_000));
        return topic == null || number < 0 || number > Integer.MAX_VALUE || offset < 0
                ? new LetterId(letter.partition(), letter.offset(), attempts)
                : new LetterId(new Partition(topic, (int) number), offset, attempts);
    }

    /** The record that was refused, as in {@code dise.bulk-3@1024}. */
    public String source() {
        return partition.topic() + "-" + partition.number() + "@" + offset;
    }

    @JsonValue
    @Override
    public String toString() {
        return source() + "#" + attempts;
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
