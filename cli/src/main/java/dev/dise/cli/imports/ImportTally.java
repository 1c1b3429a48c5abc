package dev.dise.cli.imports;

import dev.dise.schemas.EventType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of lines. For one thread. */
final class ImportTally {
    private final Map<EventType, Long> events = new EnumMap<>(EventType.class);
    private final Map<Refusal.Reason, Long> refusals = new EnumMap<>(Refusal.Reason.class);
    private final Map<Adjustment, Long> adjustments = new EnumMap<>(Adjustment.class);
    private long imported;
    private long refused;
    private long blank;
    private long repeats;

    void addBlank() {
        blank++;
    }

    void addRepeat() {
        repeats++;
    }

    void add(ImportedLine line) {
        line.refusal().ifPresentOrElse(this::addRefusal, () -> imported++);
        line.events().forEach(event -> events.merge(event.envelope().type(), 1L, Long::sum));
        line.adjustments().forEach(adjustment -> adjustments.merge(adjustment, 1L, Long::sum));
    }

    ImportSummary summary() {
        return new ImportSummary(
                imported + refused + blank,
                imported,
                refused,
                blank,
                repeats,
                Collections.unmodifiableMap(new EnumMap<>(events)),
                Collections.unmodifiableMap(new EnumMap<>(refusals)),
                Collections.unmodifiableMap(new EnumMap<>(adjustments)));
    }

    private void addRefusal(Refusal refusal) {
        refused++;
        refusals.merge(refusal.reason(), 1L, Long::sum);
    }
}
