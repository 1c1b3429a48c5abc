package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.Keeping;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What looking after the tables of a generation takes. One call at a time; what it does can be done again, and is
 * finished by the next call where one was killed.
 */
public final class Maintenance {
    private final DataSource owner;
    private final Setting setting;
    private volatile boolean stopped;
    private volatile @Nullable Session current;

    /**
     * @param owner connections of the role that owns the tables
     * @param clock says what day it is, and what is older than its retention
     */
    public Maintenance(DataSource owner, Generation generation, Keeping keeping, Clock clock) {
        this(owner, Setting.of(generation, keeping, clock));
    }

    Maintenance(DataSource owner, Setting setting) {
        this.owner = owner;
        this.setting = setting;
    }

    private interface Work<T> {
        T on(Session session) throws SQLException, IOException;
    }

    /**
     * Does everything that is due now: partitions ahead, indexes of closed partitions, and what is older than its
     * retention. At most one of several processes does; minutes, where much is due.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached
     */
    public Upkeep pass() {
        return on("cannot look after the tables", session -> {
            if (!KeeperLock.tryTake(session, setting.generation())) {
                return Upkeep.byAnother();
            }
            Steps steps = new Steps(() -> stopped);
            new Pass(session, setting, steps).run();
            if (session.isAlive()) {
                // Closing gives the lock back as well, but only soon.
                KeeperLock.release(session, setting.generation());
            }
            return steps.summary();
        });
    }

    /**
     * The files whose rows have left their tables, by table and time.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached
     */
    public List<ArchivedFile> files() {
        return on("cannot list the archives", session -> new Archives(session).all());
    }

    /**
     * Puts the archived rows of a day back into their table. Doing so twice stores them once.
     *
     * @param day the day, or {@code rest} for rows of days that had no partition
     * @param keep how long they stay
     * @param watcher is told how many rows have been read
     * @throws IllegalArgumentException if nothing of that day is archived, or there is no such table
     * @throws IllegalStateException if a file is not what was written, or something cannot be reached; nothing is in
     *     the table then
     */
    public Restored restore(String table, String day, Duration keep, LongConsumer watcher) {
        DailyTable daily = DailyTable.named(table)
                .orElseThrow(() -> new IllegalArgumentException(
                        "nothing of " + table + " is archived; there are " + String.join(", ", Keeping.TABLES)));
        String label = day.equals(Slice.REST) ? day : LocalDate.parse(day).toString();
        return on("cannot restore " + table + " " + day, session -> {
            try (ArchiveStore store = setting.archive().get()) {
                RestoredRows rows = new RestoredRows(session, new ArchiveReader(store));
                return new Restoration(session, new Archives(session), rows)
                        .restore(daily, label, setting.clock().instant().plus(keep), watcher);
            }
        });
    }

    /**
     * Reads files again and compares them with what was written; says of each how it is, and which nobody knows.
     *
     * @param watcher is told how many rows have been read
     * @throws IllegalStateException if PostgreSQL or the archive cannot be reached
     */
    public List<Finding> verify(LongConsumer watcher) {
        return on("cannot verify the archives", session -> {
            try (ArchiveStore store = setting.archive().get()) {
                return new Verification(store).of(new Archives(session).all(), watcher);
            }
        });
    }

    /** Ends the pass that runs in another thread, and lets none begin. What it was at it leaves undone. */
    public void stop() throws SQLException {
        stopped = true;
        Session session = current;
        if (session != null) {
            session.cancel();
        }
    }

    private <T> T on(String failure, Work<T> work) {
        try (Session session = Session.open(owner, setting.generation().schema())) {
            current = session;
            return work.on(session);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(failure + ": " + e.getMessage(), e);
        } finally {
            current = null;
        }
    }
}
