package dev.dise.operations.backup;

import dev.dise.operations.backup.BackupFile.Kind;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that a backup is written to; only its owner can look into it, since it has all that the stores have. */
final class BackupFolder {
    private final Path folder;
    private final List<BackupFile> files = new ArrayList<>();

    private BackupFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes it.
     *
     * @throws IllegalStateException if there is something in it
     */
    static BackupFolder create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IllegalStateException(folder + " is not empty: name a new folder for the backup"
                            + " (one that did not become whole has no " + ManifestFile.NAME + " and can be removed)");
                }
            }
            if (isPosix(folder)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } else {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, ownersOnly(folder, "rwx------"));
        }
        for (Kind kind : Kind.values()) {
            Files.createDirectory(folder.resolve(kind.folder()), ownersOnly(folder, "rwx------"));
        }
        return new BackupFolder(folder);
    }

    /** Begins a file of items; who asks finishes it. */
    PackedFile begin(Kind kind, String name, String of, int partition) throws IOException {
        String path = kind.folder() + "/" + name + ".zst";
        return new PackedFile(
                synced(path),
                measured -> files.add(new BackupFile(
                        path,
                        kind,
                        of,
                        partition,
                        measured.items(),
                        measured.rawBytes(),
                        measured.bytes(),
                        measured.sha256())));
    }

    /** The files that were finished, in this order. */
    List<BackupFile> files() {
        return List.copyOf(files);
    }

    /** A new file that is on the disk when it is closed, and with it the entry in its folder. */
    OutputStream synced(String path) throws IOException {
        Path file = folder.resolve(path);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly(folder, "rw-------"));
        return new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                if (channel.isOpen()) {
                    channel.force(true);
                    super.close();
                    sync(file.resolveSibling("."));
                }
            }
        };
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path near, String rights) {
        return isPosix(near)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
