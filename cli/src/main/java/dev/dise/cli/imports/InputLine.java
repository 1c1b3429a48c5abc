package dev.dise.cli.imports;

/**
 * One line as it was read.
 *
 * @param number where it is, from 1
 * @param bytes what was kept of it, without its line end; nobody changes them
 * @param length how many bytes it had; more than were kept if it was cut
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step and is never compared
record InputLine(long number, byte[] bytes, long length) {

    /** Whether it was longer than is kept. */
    boolean isCut() {
        return length > bytes.length;
    }
}
