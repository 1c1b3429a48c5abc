package dev.dise.operations;

import dev.dise.runtime.sink.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is, so that it can be shown.
 *
 * @param key null if it has none
 * @param headers in their order; names may repeat
 * @param value null if it has none
 */
public record RecordView(
        @Nullable BytesView key,
        List<HeaderView> headers,
        @Nullable BytesView value) {
    /** One header. */
    public record HeaderView(String name, @Nullable BytesView value) {}

    public RecordView {
        headers = List.copyOf(headers);
    }

    /** The same record. */
    public static RecordView of(SourceRecord record) {
        List<HeaderView> headers = record.headers().stream()
                .map(header -> new HeaderView(header.name(), BytesView.of(header.value())))
                .toList();
        return new RecordView(BytesView.of(record.key()), headers, BytesView.of(record.value()));
    }
}
