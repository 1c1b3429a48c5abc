package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Which tables are looked after, and by which rules.
 *
 * @param keeping how long rows stay, and where they go then
 * @param clock says what day it is, and what is older than its retention
 * @param archive opens the archive; who asks closes it
 */
record Setting(Generation generation, Keeping keeping, Clock clock, Supplier<ArchiveStore> archive) {
    /** With the archive that the config names. */
    static Setting of(Generation generation, Keeping keeping, Clock clock) {
        return new Setting(generation, keeping, clock, () -> ArchiveStore.open(keeping.archive(), generation));
    }

    boolean hasNoArchive() {
        return keeping.archive().kind() == ArchiveConfig.Kind.NONE;
    }
}
