package dev.dise.gateway.otlp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.StringNode;

/** Floating-point numbers of which JSON cannot say all. */
final class Doubles {
    private Doubles() {}

    /** The number, or the text {@code NaN}, {@code Infinity} or {@code -Infinity}. */
    static JsonNode node(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : StringNode.valueOf(Double.toString(value));
    }
}
