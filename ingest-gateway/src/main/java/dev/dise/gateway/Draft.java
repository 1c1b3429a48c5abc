package dev.dise.gateway;

import java.util.Arrays;

/**
 * An event as a client wrote it, not yet checked.
 *
 * @param attributes what it says beside its data
 * @param json what the data are part of; not a copy
 * @param from where the data begin
 * @param to where they end
 */
record Draft(Attributes attributes, byte[] json, int from, int to) {
    /** An event whose data are all of that. */
    static Draft of(Attributes attributes, byte[] data) {
        return new Draft(attributes, data, 0, data.length);
    }

    int dataLength() {
        return to - from;
    }

    /** The bytes of the data as they came. */
    byte[] data() {
        return from == 0 && to == json.length ? json : Arrays.copyOfRange(json, from, to);
    }
}
