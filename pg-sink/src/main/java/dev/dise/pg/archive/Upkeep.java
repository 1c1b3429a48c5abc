package dev.dise.pg.archive;

import java.util.List;

/**
 * What one pass of the keeper did.
 *
 * @param ran false if another keeper was at work, which does the same
 * @param failures what it could not do, which the next pass tries again
 */
public record Upkeep(boolean ran, List<Deed> deeds, List<Failure> failures) {
    public Upkeep {
        deeds = List.copyOf(deeds);
        failures = List.copyOf(failures);
    }

    static Upkeep byAnother() {
        return new Upkeep(false, List.of(), List.of());
    }

    /** What was done to something. */
    public enum What {
        PARTITION_ADDED,
        INDEX_BUILT,
        /** Written to a file, verified, and then removed from the table. */
        ARCHIVED,
        /** Removed from the table: by decision without an archive, or because all its rows are in files already. */
        DROPPED,
        /** Rows came in while it was archived: it is left for the next pass. */
        LEFT;

        /** Whether rows are in the table no more. */
        boolean removesRows() {
            return this == ARCHIVED || this == DROPPED;
        }
    }

    /**
     * One thing done.
     *
     * @param object the partition, index or file
     * @param rows 0 where it is not about rows
     */
    public record Deed(What what, String table, String object, long rows) {}

    /** One thing that could not be done, and the error's words. */
    public record Failure(String what, String why) {}
}
