package dev.dise.ingest.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a spool's folder that one process owns: a numbered folder with a lock that the system frees when the process
 * dies. Whoever opens the folder takes the first part that is free, and what dead processes have left in the others.
 */
final class Slot implements AutoCloseable {
    private static final int MOST = 256;
    private static final String LOCK_FILE = "lock";
    private static final int STAMP_DIGITS = 13;

    /**
     * The locked files of this JVM. POSIX locks belong to the process: opening and closing a locked file a second time
     * would free it, so that file must not even be tried.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path lockFile;
    private final FileLock lock;

    private Slot(Path folder, Path lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Takes the first free part of the folder, and into it what others have left. */
    static Slot take(Path spool) throws IOException {
        makeFolder(spool);
        Path root = spool.toRealPath();
        Slot own = firstFree(root);
        try {
            own.adopt(root);
            return own;
        } catch (IOException | RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** The file of a new segment: its name sorts by the stamp, and is the only one of all parts. */
    Path newSegment(long stamp) {
        String name = String.format(
                "%013d-%s-%d",
                stamp, folder.getFileName(), ProcessHandle.current().pid());
        return folder.resolve(name + Segment.SUFFIX);
    }

    /** The stamp in the name of a segment; 0 if somebody else has named it. */
    static long stampOf(Path segment) {
        String name = segment.getFileName().toString();
        int end = name.indexOf('-');
        return end == STAMP_DIGITS && name.chars().limit(end).allMatch(Character::isDigit)
                ? Long.parseLong(name, 0, end, 10)
                : 0;
    }

    /** The segments in it, oldest first. */
    List<Path> segments() throws IOException {
        return segmentsIn(folder);
    }

    @Override
    public void close() throws IOException {
        try {
            lock.acquiredBy().close();
        } finally {
            HELD.remove(lockFile);
        }
    }

    private static Slot firstFree(Path root) throws IOException {
        @Nullable IOException refusal = null;
        for (int number = 0; number < MOST; number++) {
            try {
                Path folder = root.resolve("slot-" + number);
                makeFolder(folder);
                Slot slot = tryToTake(folder);
                if (slot != null) {
                    return slot;
                }
            } catch (IOException e) {
                // Another user's, as after one run by root: the next may be ours.
                refusal = e;
            }
        }
        throw new IOException(
                "all " + MOST + " parts of the spool " + root + " are taken by running processes or cannot be used",
                refusal);
    }

    private static @Nullable Slot tryToTake(Path folder) throws IOException {
        Path lockFile = folder.resolve(LOCK_FILE);
        if (!HELD.add(lockFile)) {
            return null;
        }
        FileLock lock = null;
        try {
            FileChannel channel = FileChannel.open(
                    lockFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            lock = tryLock(channel);
            return lock == null ? null : new Slot(folder, lockFile, lock);
        } finally {
            if (lock == null) {
                HELD.remove(lockFile);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM has it; closing would free its lock, so the channel stays open.
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void adopt(Path root) throws IOException {
        List<Path> others;
        try (Stream<Path> folders = Files.list(root)) {
            others = folders.filter(each -> isSlot(each) && !each.equals(folder))
                    .sorted()
                    .toList();
        }
        for (Path other : others) {
            adoptIfPossible(other);
        }
    }

    private void adoptIfPossible(Path other) {
        try {
            if (!segmentsIn(other).isEmpty()) {
                adoptFrom(other);
            }
        } catch (IOException e) {
            // Another user's, or a disk that fails: what is there stays, for whoever can take it.
        }
    }

    private void adoptFrom(Path other) throws IOException {
        Slot left = tryToTake(other);
        if (left == null) {
            return;
        }
        try (left) {
            for (Path segment : left.segments()) {
                Segment.move(segment, folder);
            }
        }
    }

    private static boolean isSlot(Path path) {
        return path.getFileName().toString().startsWith("slot-") && Files.isDirectory(path);
    }

    private static List<Path> segmentsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList());
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
