package dev.dise.pg.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** An archive in a folder of this machine. */
final class FolderStore implements ArchiveStore {
    private final Path root;

    FolderStore(Path root) {
        this.root = root.toAbsolutePath();
    }

    @Override
    public Draft create(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return new FileDraft(file, this::sync);
    }

    @Override
    public InputStream get(String name) throws IOException {
        // A generation may read the files of another one, which lie beside its own.
        return Files.newInputStream(root.resolve(name).normalize());
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !FileDraft.isOne(file))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void remove(String name) throws IOException {
        Path file = root.resolve(name);
        if (Files.deleteIfExists(file)) {
            sync(file);
        }
    }

    @Override
    public void removeDrafts() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path draft : files.filter(FileDraft::isOne).toList()) {
                Files.deleteIfExists(draft);
            }
        }
    }

    @Override
    public void close() {}

    /** Puts the entries of a new file's folders on the disk, up to the root's. */
    private void sync(Path file) throws IOException {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
            if (folder.equals(root.getParent())) {
                return;
            }
        }
    }
}
