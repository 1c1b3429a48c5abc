package dev.dise.query.console;

/**
 * One file of the console.
 *
 * @param etag changes with the content
 * @param bytes as they are
 * @param packed the same, gzipped
 */
@SuppressWarnings("ArrayRecordComponent") // shared and never changed or compared
public record ConsoleFile(String mediaType, String etag, byte[] bytes, byte[] packed) {}
