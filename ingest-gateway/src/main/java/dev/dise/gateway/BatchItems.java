package dev.dise.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the body of a request into its items, each the bytes of one event. */
final class BatchItems {
    private static final String ONE_OR_MANY = "application/json";
    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String LINES = "application/x-ndjson";

    private BatchItems() {}

    /**
     * The items in their order. The lines of NDJSON stand each for itself; an array with a syntax error anywhere is
     * refused as a whole, since nobody can say where its items end.
     */
    static List<byte[]> of(Body body) {
        List<byte[]> items = switch (body.mediaType()) {
            case CLOUD_EVENT -> List.of(body.bytes());
            case CLOUD_EVENTS -> JsonCutter.elements(body.bytes());
            case ONE_OR_MANY -> oneOrMany(body.bytes());
            case LINES -> lines(body.bytes());
            default ->
                throw new ProblemException(Problem.contentType(
                        "send " + String.join(", ", ONE_OR_MANY, CLOUD_EVENT, CLOUD_EVENTS, LINES)));
        };
        if (items.isEmpty()) {
            throw Refusals.malformed("has no events");
        }
        if (items.size() > Limits.ITEMS) {
            throw Refusals.tooLarge("must have at most " + Limits.ITEMS + " events but has " + items.size());
        }
        return items;
    }

    private static List<byte[]> oneOrMany(byte[] bytes) {
        int start = 0;
        while (start < bytes.length && isSpace(bytes[start])) {
            start++;
        }
        return start < bytes.length && bytes[start] == '[' ? JsonCutter.elements(bytes) : List.of(bytes);
    }

    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= bytes.length; end++) {
            if (end == bytes.length || bytes[end] == '\n') {
                if (!isBlank(bytes, start, end)) {
                    lines.add(Arrays.copyOfRange(bytes, start, end));
                }
                start = end + 1;
            }
        }
        return lines;
    }

    private static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r' || value == '\n';
    }
}
