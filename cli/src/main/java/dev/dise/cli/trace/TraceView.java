package dev.dise.cli.trace;

import dev.dise.cli.Output;
import dev.dise.cli.letters.Payloads;
import dev.dise.cli.terminal.Printable;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.trace.Trace;
import dev.dise.operations.trace.Trace.EventView;
import dev.dise.operations.trace.Trace.RefusedView;
import dev.dise.operations.trace.Trace.RouteView;
import dev.dise.operations.trace.Trace.Sighting;
import dev.dise.schemas.EnvelopeHeaders;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a trace for people: the event, its way place by place, and the times between. */
record TraceView(Output output, boolean raw) {
    void show(Trace trace) {
        if (output.isJson()) {
            output.json(trace);
            return;
        }
        PrintWriter out = output.out();
        EventView event = trace.event();
        if (event != null) {
            show(event, out);
        }
        RouteView route = trace.route();
        if (route != null) {
            out.printf(
                    "route: %s, to %s (%s)%n",
                    route.strategy().name().toLowerCase(Locale.ROOT),
                    route.topics().isEmpty() ? "no store" : String.join(" and ", route.topics()),
                    route.rule());
        }
        if (trace.found()) {
            out.println();
            output.table(places(trace));
        }
        latencies(trace, out);
        trace.letters().forEach(letter -> show(letter, out));
        if (!trace.found()) {
            searched(trace, out);
        }
        trace.notes().forEach(note -> out.printf("%n%s%n", Printable.text(note)));
        if (raw) {
            trace.sightings().forEach(sighting -> show(sighting, out));
        }
    }

    private static void show(EventView event, PrintWriter out) {
        out.printf("%s %s%n", event.type(), Printable.text(event.id()));
        out.printf("about %s, from %s%n", Printable.text(event.subject()), Printable.text(event.source()));
        out.printf(
                "happened %s%s%n",
                time(event.time()), event.runId() == null ? "" : ", in run " + Printable.text(event.runId()));
    }

    private static Table places(Trace trace) {
        Table table = new Table("place", "where", "at", "what");
        EventView event = trace.event();
        if (event != null) {
            table.row("emitter", "-", time(event.time()), "made");
            if (event.receivedAt() != null) {
                table.row("gateway", "-", time(event.receivedAt()), "received");
            }
        }
        trace.sightings()
                .forEach(seen -> table.row(
                        seen.topic(), seen.partition() + "@" + seen.offset(), time(seen.appendedAt()), seen.what()));
        trace.rows()
                .forEach(row -> table.row(
                        "PostgreSQL",
                        row.table() + " id " + row.id(),
                        time(row.ingestedAt()),
                        "from " + row.sourceTopic() + "-" + row.sourcePartition() + "@" + row.sourceOffset()));
        trace.points()
                .forEach(point -> table.row(
                        "Qdrant",
                        point.id(),
                        time(point.eventTime()),
                        "chunk " + point.chunk() + " of " + point.chunks()));
        trace.stores()
                .forEach(standing ->
                        table.row(standing.store().wireName(), "-", time(standing.eventTime()), said(standing)));
        return table;
    }

    private static String said(Trace.Standing standing) {
        return standing.state().equals("superseded") ? "superseded by " + standing.eventId() : standing.state();
    }

    private void latencies(Trace trace, PrintWriter out) {
        if (trace.latencies().isEmpty()) {
            return;
        }
        Table table = new Table("from", "to", "ms");
        trace.latencies().forEach(each -> table.row(each.from(), each.to(), each.millis()));
        out.println();
        output.table(table);
    }

    private static void show(RefusedView letter, PrintWriter out) {
        out.printf(
                "%nrefused by %s at %s: %s %s%n",
                letter.letter().stage(),
                letter.letter().at(),
                letter.letter().reason(),
                Printable.text(letter.message()));
        out.printf(
                "letter %s is %s%n",
                letter.letter().id(), letter.letter().state().wireName());
        letter.history()
                .forEach(done -> out.printf("%s %s by %s%n", done.at(), done.action(), Printable.text(done.by())));
    }

    private void searched(Trace trace, PrintWriter out) {
        Table table = new Table("looked in", "from", "records");
        trace.searched()
                .forEach(each -> table.row(
                        each.where(),
                        each.from() == null ? "the beginning" : each.from(),
                        each.records() == 0 ? "-" : each.records()));
        out.println(Printable.text(trace.id()) + " was not found");
        output.table(table);
    }

    private static void show(Sighting sighting, PrintWriter out) {
        if (sighting.record() != null) {
            out.printf("%n%s-%d@%d%n", sighting.topic(), sighting.partition(), sighting.offset());
            Payloads.print(sighting.record(), false, out);
        }
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "-" : EnvelopeHeaders.formatTime(time);
    }
}
