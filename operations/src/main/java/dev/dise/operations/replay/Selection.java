package dev.dise.operations.replay;

import dev.dise.operations.slice.RecordFilter;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreReplay;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Picks the records that are meant, and counts them. */
final class Selection {
    private static final String NO_TYPE = "(no type)";

    private final RecordFilter filter;
    private final StoreReplay store;
    private final Forgotten forgotten;
    private final Map<String, Long> matched = new TreeMap<>();
    private long left;

    Selection(RecordFilter filter, StoreReplay store, Forgotten forgotten) {
        this.filter = filter;
        this.store = store;
        this.forgotten = forgotten;
    }

    List<SourceRecord> of(List<SourceRecord> records) {
        List<SourceRecord> chosen = new ArrayList<>();
        for (SourceRecord record : records) {
            if (!filter.accepts(record, store::toolOf)) {
                continue;
            }
            if (forgotten.isForgotten(record)) {
                left++;
            } else {
                chosen.add(record);
                matched.merge(typeOf(record), 1L, Long::sum);
            }
        }
        return chosen;
    }

    Map<String, Long> matched() {
        return matched;
    }

    long forgotten() {
        return left;
    }

    private static String typeOf(SourceRecord record) {
        String type = record.header(EnvelopeHeaders.TYPE);
        return type == null
                ? NO_TYPE
                : EventType.forCeType(type).map(EventType::wireName).orElse(NO_TYPE);
    }
}
