package dev.dise.operations.backup;

import dev.dise.rag.backup.PointsLoad;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records that name places in topics, so that they name the same records where they go. */
final class MovedRecords {
    /** As in {@code dise.dead-letters-0@17}. */
    private static final Pattern PLACE =
            Pattern.compile("(dise\\.[a-z]+(?:-[a-z]+)*(?:-g\\d+)?)-(\\d{1,9})@(\\d{1,18})");

    private static final Pattern PARTITION = Pattern.compile("\\d{1,9}");
    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

    private final OffsetMaps maps;

    /**
     * @param maps of the topics that were restored before
     */
    MovedRecords(OffsetMaps maps) {
        this.maps = maps;
    }

    /** The record as it is to be written; its own offset is left to the topic. */
    SourceRecord of(SourceRecord record) {
        String topic = record.partition().topic();
        if (topic.startsWith(Topic.VECTORS.topicName())) {
            byte[] point = record.value();
            return with(record, record.key(), point == null ? null : PointsLoad.moved(point, maps), record.headers());
        }
        if (topic.equals(Topic.DEAD_LETTERS.topicName())) {
            return with(record, record.key(), record.value(), letterHeaders(record));
        }
        if (topic.equals(Topic.AUDIT.topicName())) {
            return with(record, inText(record.key()), inText(record.value()), record.headers());
        }
        return record;
    }

    private List<Header> letterHeaders(SourceRecord letter) {
        String topic = letter.header(DeadLetterHeaders.TOPIC);
        String partition = letter.header(DeadLetterHeaders.PARTITION);
        String offset = letter.header(DeadLetterHeaders.OFFSET);
        if (topic == null
                || partition == null
                || offset == null
                || !PARTITION.matcher(partition).matches()
                || !OFFSET.matcher(offset).matches()) {
            return letter.headers();
        }
        long there = maps.of(new Partition(topic, Integer.parseInt(partition)), Long.parseLong(offset));
        byte[] moved = Long.toString(there).getBytes(StandardCharsets.UTF_8);
        return letter.headers().stream()
                .map(header ->
                        header.name().equals(DeadLetterHeaders.OFFSET) ? new Header(header.name(), moved) : header)
                .toList();
    }

    private byte @Nullable [] inText(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String moved = PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(moved(place)));
        return moved.equals(text) ? bytes : moved.getBytes(StandardCharsets.UTF_8);
    }

    private String moved(MatchResult place) {
        Partition partition = new Partition(place.group(1), Integer.parseInt(place.group(2)));
        return place.group(1) + "-" + place.group(2) + "@" + maps.of(partition, Long.parseLong(place.group(3)));
    }

    private static SourceRecord with(
            SourceRecord record, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        return new SourceRecord(record.partition(), record.offset(), record.appendedAt(), key, value, headers);
    }
}
