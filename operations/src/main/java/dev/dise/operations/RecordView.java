package dev.dise.operations;

import dev.dise.runtime.sink.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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

    /** The key as text, however odd; empty if there is none. */
    public String keyText() {
        return key == null ? "" : new String(key.bytes(), StandardCharsets.UTF_8);
    }

    /** The last header of that name as text, or null. */
    public @Nullable String header(String name) {
        return headers.reversed().stream()
                .filter(header -> header.name().equals(name))
                .map(HeaderView::value)
                .filter(Objects::nonNull)
                .map(value -> new String(value.bytes(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    /** The same record. */
    public static RecordView of(SourceRecord record) {
        List<HeaderView> headers = record.headers().stream()
                .map(header -> new HeaderView(header.name(), BytesView.of(header.value())))
                .toList();
        return new RecordView(BytesView.of(record.key()), headers, BytesView.of(record.value()));
    }
}
