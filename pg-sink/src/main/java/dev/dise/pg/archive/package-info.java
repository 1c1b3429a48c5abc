/**
 * What becomes of the tables that are partitioned by day: partitions made ahead, indexes for what is closed, and what is
 * older than its retention archived, dropped and, when somebody asks, restored. All of it as the owner of the tables.
 */
@NullMarked
package dev.dise.pg.archive;

import org.jspecify.annotations.NullMarked;
