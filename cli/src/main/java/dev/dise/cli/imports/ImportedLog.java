package dev.dise.cli.imports;

import dev.dise.schemas.Event;

/**
 * One record of a log as an event.
 *
 * @param event the event, valid by the contract of its type
 * @param firstLine where it begins, from 1
 * @param lines how many lines belong to it
 */
public record ImportedLog(Event event, long firstLine, int lines) {}
