package dev.dise.cli.top;

import dev.dise.cli.terminal.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a person sees of a flow: figures, readers, the last minute, and what should be known. */
final class FlowScreen {
    private static final int KEPT_SECONDS = 60;

    private final Map<String, Past> past = new LinkedHashMap<>();

    /** The lines of the screen for one look at the flow. Each call is the next second of its past. */
    List<String> lines(JsonNode flow) {
        List<String> lines = new ArrayList<>();
        lines.add("%s   %s%s"
                .formatted(flow.path("at").asString(""), flow.path("state").asString(""), left(flow)));
        lines.add(String.format(
                Locale.ROOT,
                "%,d accepted (%s)   %,d in flight   %,d dead letters   %,d dropped by emitters",
                flow.path("accepted").asLong(),
                rate(flow.path("accepted_rate")),
                flow.path("in_flight").asLong(),
                flow.path("dead_letters").asLong(),
                flow.path("dropped").asLong()));
        flow.path("remarks")
                .forEach(remark -> lines.add("! " + remark.path("text").asString("")));
        lines.add("");
        readers(flow.path("readers")).lines().forEach(lines::add);
        lines.add("");
        lines.addAll(lastMinute(flow));
        return lines;
    }

    private static String left(JsonNode flow) {
        double seconds = flow.path("eta_seconds").asDouble(0);
        return seconds > 0 ? ", " + span(flow.path("eta_seconds")) + " left" : "";
    }

    private static String readers(JsonNode readers) {
        Table table = new Table("reader", "topic", "in", "out", "lag", "is", "caught up in", "delay p50", "p95");
        readers.forEach(reader -> table.row(
                reader.path("name").asString(""),
                reader.path("topic").asString(""),
                rate(reader.path("rate_in")),
                rate(reader.path("rate_out")),
                reader.path("lag").asLong(),
                reader.path("state").asString(""),
                caughtUpIn(reader),
                span(reader.path("delay_p50_seconds")),
                span(reader.path("delay_p95_seconds"))));
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString();
    }

    private static String caughtUpIn(JsonNode reader) {
        if (reader.path("lag").asLong() == 0) {
            return "now";
        }
        return reader.has("eta_seconds") ? span(reader.path("eta_seconds")) : "not at this rate";
    }

    private List<String> lastMinute(JsonNode flow) {
        past("accepted").add(flow.path("accepted_rate").asDouble(0));
        for (JsonNode node : flow.path("nodes")) {
            if (node.path("kind").asString("").equals("store")) {
                past("into " + node.path("name").asString(""))
                        .add(rateInto(node.path("id").asString(""), flow));
            }
        }
        return past.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%-16s %-60s at most %,.0f/s",
                        entry.getKey(),
                        entry.getValue().line(),
                        entry.getValue().highest()))
                .toList();
    }

    private Past past(String name) {
        return past.computeIfAbsent(name, key -> new Past(KEPT_SECONDS));
    }

    /** Of several generations that are written at once, the fastest. */
    private static double rateInto(String node, JsonNode flow) {
        return flow.path("edges")
                .valueStream()
                .filter(edge -> edge.path("to").asString("").equals(node))
                .mapToDouble(edge -> edge.path("rate").asDouble(0))
                .max()
                .orElse(0);
    }

    private static String rate(JsonNode value) {
        return String.format(Locale.ROOT, value.asDouble(0) >= 100 ? "%,.0f/s" : "%.1f/s", value.asDouble(0));
    }

    private static String span(JsonNode value) {
        if (!value.isNumber()) {
            return "-";
        }
        double seconds = value.asDouble();
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
}
