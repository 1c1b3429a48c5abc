package dev.dise.gateway;

import java.util.Arrays;

/** An event as a client wrote it, not yet checked. */
final class Draft {
    private final Attributes attributes;
    private final byte[] json;
    private final int from;
    private final int to;

    /**
     * @param attributes what it says beside its data
     * @param json what the data are part of; not copied
     * @param from where the data begin
     * @param to where they end
     */
    Draft(Attributes attributes, byte[] json, int from, int to) {
        this.attributes = attributes;
        this.json = json;
        this.from = from;
        this.to = to;
    }

    /** An event whose data are all of that. */
    static Draft of(Attributes attributes, byte[] data) {
        return new Draft(attributes, data, 0, data.length);
    }

    Attributes attributes() {
        return attributes;
    }

    int dataLength() {
        return to - from;
    }

    /** The bytes of the data as they came. */
    byte[] data() {
        return from == 0 && to == json.length ? json : Arrays.copyOfRange(json, from, to);
    }
}
