package dev.dise.query.flow;

import dev.dise.query.flow.Flow.Edge;
import dev.dise.query.flow.Flow.Node;
import dev.dise.query.flow.Flow.StoreState;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the line from its readers: door, topics, services, stores. */
final class FlowGraph {
    private static final String DOORS = "doors";
    private static final String POSTGRES = "postgres";
    private static final String QDRANT = "qdrant";

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, Double> ratesIn = new LinkedHashMap<>();
    private final double deadLetterRate;

    FlowGraph(List<Reader> readers, List<StoreState> stores, long deadLetters, double deadLetterRate) {
        this.deadLetterRate = deadLetterRate;
        readers.forEach(reader -> ratesIn.put(reader.topic(), reader.rateIn()));
        node(new Node(DOORS, "door", "doors", "emit and forget", ""));
        topic(Topic.EVENTS.topicName(), readers);
        edges.add(new Edge(DOORS, Topic.EVENTS.topicName(), rateInto(Topic.EVENTS.topicName())));
        stores.forEach(store -> node(new Node(
                store.id(), "store", store.name(), store.reachable() ? "up" : "away", store.reachable() ? "" : "bad")));
        String letters = Topic.DEAD_LETTERS.topicName();
        node(new Node(
                letters,
                "topic",
                "dead letters",
                deadLetters == 1 ? "1 letter" : String.format(Locale.ROOT, "%,d letters", deadLetters),
                ""));
        readers.forEach(reader -> reader(reader, readers));
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Edge> edges() {
        return List.copyOf(edges);
    }

    private void reader(Reader reader, List<Reader> all) {
        topic(reader.topic(), all);
        node(new Node(reader.name(), "service", shortName(reader), note(reader), tone(reader)));
        edges.add(new Edge(reader.topic(), reader.name(), reader.rateOut()));
        if (reader.name().startsWith("router")) {
            toTopic(reader, Topic.BULK.topicName(), all);
            toTopic(reader, Topic.RAG.topicName(), all);
            edges.add(new Edge(reader.name(), Topic.DEAD_LETTERS.topicName(), deadLetterRate));
        } else if (reader.name().startsWith("pg-sink")) {
            toStore(reader, POSTGRES);
        } else if (reader.name().contains("write")) {
            toStore(reader, QDRANT);
        } else {
            toTopic(reader, vectorsTopicOf(reader, all), all);
        }
    }

    /** The vectors topic that is read by the writer of the same generation; the first one if none is. */
    private static String vectorsTopicOf(Reader embed, List<Reader> all) {
        int bracket = embed.name().indexOf("g");
        String generation = bracket < 0 ? "" : embed.name().replaceAll(".*\\b(g\\d+)\\b.*", "$1");
        return all.stream()
                .map(Reader::topic)
                .filter(topic -> topic.startsWith(Topic.VECTORS.topicName()) && topic.endsWith("-" + generation))
                .findFirst()
                .orElse(Topic.VECTORS.topicName());
    }

    private void toTopic(Reader reader, String topic, List<Reader> all) {
        topic(topic, all);
        edges.add(new Edge(reader.name(), topic, rateInto(topic)));
    }

    private void toStore(Reader reader, String store) {
        if (nodes.containsKey(store)) {
            edges.add(new Edge(reader.name(), store, reader.rateOut()));
        }
    }

    private void topic(String name, List<Reader> readers) {
        if (!nodes.containsKey(name)) {
            long records = readers.stream()
                    .filter(reader -> reader.topic().equals(name))
                    .mapToLong(Reader::records)
                    .max()
                    .orElse(0);
            node(new Node(name, "topic", name, String.format(Locale.ROOT, "%,d records", records), ""));
        }
    }

    private void node(Node node) {
        nodes.putIfAbsent(node.id(), node);
    }

    private double rateInto(String topic) {
        return ratesIn.getOrDefault(topic, 0.0);
    }

    /** Fits its box: of the halves of a sink only which one. */
    private static String shortName(Reader reader) {
        int bracket = reader.name().indexOf('(');
        return bracket < 0
                ? reader.name()
                : reader.name().substring(bracket + 1).replace(")", "");
    }

    private static String note(Reader reader) {
        return reader.lag() == 0 ? "caught up" : String.format(Locale.ROOT, "%,d behind", reader.lag());
    }

    private static String tone(Reader reader) {
        return switch (reader.state()) {
            case "stalled" -> "bad";
            case "growing" -> "warn";
            default -> "";
        };
    }
}
