package dev.dise.pg.archive;

import dev.dise.pg.Generation;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.sink.ForgottenSubject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What archived files have of a forgotten subject. A file is written again under another name without these rows and read
 * back, then the list of the archives names it in the place of the former one, which is removed. Killed at any moment it costs
 * nothing: the next time finishes it. While it works, the generation's keeper does not.
 */
public final class ForgottenFiles {
    private final DataSource owner;
    private final Keeping keeping;
    private final Clock clock;

    /**
     * @param owner connections of the role that owns the tables
     */
    public ForgottenFiles(DataSource owner, Keeping keeping, Clock clock) {
        this.owner = owner;
        this.keeping = keeping;
        this.clock = clock;
    }

    /** How many rows there are, by file, whether it is listed or not; none of those that have none. */
    public Map<String, Long> count(Generation generation, ForgottenSubject subject, LongConsumer watcher)
            throws SQLException {
        return on(generation, (session, store) -> {
            Map<String, Long> found = new TreeMap<>();
            FileWithout files = new FileWithout(store, subject, clock);
            for (Map.Entry<String, DailyTable> file : files(store).entrySet()) {
                long rows = files.count(file.getValue(), file.getKey(), watcher);
                if (rows > 0) {
                    found.put(generation.schema() + "/" + file.getKey(), rows);
                }
            }
            return found;
        });
    }

    /** Takes them out, and says how many they were. */
    public Map<String, Long> remove(Generation generation, ForgottenSubject subject, LongConsumer watcher)
            throws SQLException {
        return on(generation, (session, store) -> {
            KeeperLock.take(session, generation);
            store.removeDrafts();
            Map<String, Long> removed = new TreeMap<>();
            FileWithout files = new FileWithout(store, subject, clock);
            for (Map.Entry<String, DailyTable> file : files(store).entrySet()) {
                long rows = files.count(file.getValue(), file.getKey(), watcher);
                if (rows > 0) {
                    new Replacement(session, store, files).of(file.getValue(), file.getKey(), rows);
                    removed.put(generation.schema() + "/" + file.getKey(), rows);
                }
            }
            return removed;
        });
    }

    private interface Work {
        Map<String, Long> on(Session session, ArchiveStore store) throws SQLException, IOException;
    }

    private Map<String, Long> on(Generation generation, Work work) throws SQLException {
        try (Session session = Session.open(owner, generation.schema())) {
            ArchiveConfig.Kind kind = keeping.archive().kind();
            boolean isNowhere = kind == ArchiveConfig.Kind.NONE || kind == ArchiveConfig.Kind.UNSET;
            if (isNowhere && new Archives(session).all().isEmpty()) {
                return Map.of();
            }
            try (ArchiveStore store = ArchiveStore.open(keeping.archive(), generation)) {
                return work.on(session, store);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the archive has lost " + e.getFile() + "; see ./dise archive verify", e);
        } catch (IOException e) {
            throw new IllegalStateException("cannot look through the archive: " + e.getMessage(), e);
        }
    }

    /** Every file, also of a pass that was killed before it could list it, with its table. */
    private static Map<String, DailyTable> files(ArchiveStore store) throws IOException {
        List<String> names = store.list("").stream()
                .filter(name -> name.endsWith(".csv.zst"))
                .filter(name -> DailyTable.named(tableOf(name)).isPresent())
                .toList();
        return names.stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> DailyTable.named(tableOf(name)).orElseThrow(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static String tableOf(String file) {
        return file.substring(0, Math.max(0, file.indexOf('/')));
    }
}
