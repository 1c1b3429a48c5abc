package dev.dise.ingest.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment: four bytes of magic, length of the payload, CRC-32C (RFC 3720) of length and payload, and
 * the payload; numbers are big-endian. The magic lets a reader find the next record after a damaged one.
 */
final class RecordFormat {
    static final int HEADER_BYTES = 12;
    /** The largest payload: an event of 900 KiB, and its envelope. */
    static final int MAX_PAYLOAD = 1 << 20;
    /** The largest record. */
    static final int MAX_BYTES = HEADER_BYTES + MAX_PAYLOAD;

    private static final int MAGIC = 0xD15E10C5;
    private static final byte FIRST_OF_MAGIC = (byte) 0xD1;

    /** What there is at a place. */
    enum Found {
        RECORD,
        /** Bytes that are no record, or not a whole one. */
        DAMAGE,
        /** The beginning of what may be a record: more bytes are needed to say. */
        CUT
    }

    private RecordFormat() {}

    static int sizeOf(byte[] payload) {
        return HEADER_BYTES + payload.length;
    }

    static void put(ByteBuffer buffer, byte[] payload) {
        buffer.putInt(MAGIC).putInt(payload.length).putInt(checksum(payload)).put(payload);
    }

    /**
     * Looks at one place of a heap buffer.
     *
     * @param limit where the known bytes end
     */
    static Found look(ByteBuffer buffer, int at, int limit) {
        if (limit - at < HEADER_BYTES) {
            return Found.CUT;
        }
        int length = buffer.getInt(at + 4);
        if (buffer.getInt(at) != MAGIC || length < 0 || length > MAX_PAYLOAD) {
            return Found.DAMAGE;
        }
        if (limit - at < HEADER_BYTES + length) {
            return Found.CUT;
        }
        int checksum = checksum(buffer.array(), buffer.arrayOffset() + at + HEADER_BYTES, length);
        return buffer.getInt(at + 8) == checksum ? Found.RECORD : Found.DAMAGE;
    }

    /** The payload of the record at that place. */
    static byte[] payload(ByteBuffer buffer, int at) {
        byte[] payload = new byte[buffer.getInt(at + 4)];
        buffer.get(at + HEADER_BYTES, payload);
        return payload;
    }

    /** The next place from {@code from} on where a record may begin. */
    static int nextCandidate(ByteBuffer buffer, int from, int limit) {
        int at = from;
        while (at < limit && buffer.get(at) != FIRST_OF_MAGIC) {
            at++;
        }
        return at;
    }

    private static int checksum(byte[] payload) {
        return checksum(payload, 0, payload.length);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
