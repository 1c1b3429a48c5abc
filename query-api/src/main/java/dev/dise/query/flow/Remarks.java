package dev.dise.query.flow;

import dev.dise.query.flow.Flow.Remark;
import dev.dise.query.flow.Flow.StoreState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in sentences what a person should know of the line. */
final class Remarks {
    private Remarks() {}

    static List<Remark> of(List<Reader> readers, List<StoreState> stores, Optional<Double> roomSeconds) {
        List<Remark> remarks = new ArrayList<>();
        stores.stream()
                .filter(store -> !store.reachable())
                .forEach(store -> remarks.add(new Remark(
                        "bad",
                        store.name() + " does not answer: events wait in Kafka and none is lost, " + room(roomSeconds)
                                + ". " + store.reason())));
        readers.stream()
                .filter(reader -> reader.state().equals("stalled"))
                .forEach(reader -> remarks.add(new Remark(
                        "bad",
                        String.format(
                                Locale.ROOT,
                                "%s stands still with %,d records before it: see whether it runs, and its log.",
                                reader.name(),
                                reader.lag()))));
        readers.stream()
                .filter(reader -> reader.state().equals("growing"))
                .forEach(reader -> remarks.add(new Remark(
                        "warn",
                        String.format(
                                Locale.ROOT,
                                "%s gets more than it can do, %,.0f a second of %,.0f: Kafka buffers the rest, %s.",
                                reader.name(),
                                reader.rateOut(),
                                reader.rateIn(),
                                room(roomSeconds)))));
        return remarks;
    }

    private static String room(Optional<Double> seconds) {
        return seconds.map(left -> "with room for " + span(left) + " at this rate")
                .orElse("with room for as long as nothing more comes");
    }

    private static String span(double seconds) {
        if (seconds < 7200) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 172_800 ? Math.round(seconds / 3600) + " h" : Math.round(seconds / 86_400) + " days";
    }
}
