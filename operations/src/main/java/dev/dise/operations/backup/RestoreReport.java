package dev.dise.operations.backup;

import java.util.Map;

/**
 * What a restore has done.
 *
 * @param backup its id
 * @param resumed whether it went on with one that was killed
 * @param records of each topic
 * @param leftOut records that were read by all and are older than what their topic keeps
 * @param rows of each table
 * @param points of the collection
 */
public record RestoreReport(
        String backup, boolean resumed, Map<String, Long> records, long leftOut, Map<String, Long> rows, long points) {
    public RestoreReport {
        records = Map.copyOf(records);
        rows = Map.copyOf(rows);
    }
}
