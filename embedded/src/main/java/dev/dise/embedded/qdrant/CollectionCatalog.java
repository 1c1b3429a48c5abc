package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateCollection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;

/** The collections of a data directory and their aliases. Looking up never waits; changes come one at a time. */
final class CollectionCatalog implements AutoCloseable {

    private final Path folder;
    private final Aliases aliases;
    private final Map<String, VectorCollection> collections = new ConcurrentSkipListMap<>();

    private CollectionCatalog(Path folder, Aliases aliases) {
        this.folder = folder;
        this.aliases = aliases;
    }

    static CollectionCatalog open(Path dataDir) throws IOException {
        Path folder = Files.createDirectories(dataDir.resolve("collections"));
        CollectionCatalog catalog = new CollectionCatalog(folder, Aliases.open(dataDir.resolve("aliases.pb")));
        try {
            catalog.openAll();
            catalog.aliases.retain(catalog.collections::containsKey);
            return catalog;
        } catch (IOException | RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    private void openAll() throws IOException {
        List<Path> folders;
        try (Stream<Path> children = Files.list(folder)) {
            folders = children.filter(Files::isDirectory).toList();
        }
        for (Path child : folders) {
            if (VectorCollection.isComplete(child)) {
                collections.put(CollectionName.ofFolder(child.getFileName().toString()), VectorCollection.open(child));
            } else {
                IOUtils.rm(child);
            }
        }
    }

    /** The collection of this name, or of this alias. */
    VectorCollection get(String name) {
        return find(name).orElseThrow(() -> QdrantError.noCollection(name));
    }

    Optional<VectorCollection> find(String name) {
        return Optional.ofNullable(collections.get(aliases.target(name).orElse(name)));
    }

    Set<String> names() {
        return collections.keySet();
    }

    synchronized void create(CreateCollection request) throws IOException {
        String name = request.getCollectionName();
        String folderName = CollectionName.toFolder(name);
        VectorSchema.of(request);
        if (collections.containsKey(name)) {
            throw QdrantError.collectionExists(name);
        }
        if (aliases.target(name).isPresent()) {
            throw QdrantError.wrongInput(
                    "Can't create collection with name " + name + ". Alias with the same name already exists");
        }
        collections.put(name, VectorCollection.create(folder.resolve(folderName), request));
    }

    /** Deletes the collection and its aliases; false if there is none of this name. */
    synchronized boolean delete(String name) throws IOException {
        VectorCollection collection = collections.remove(name);
        if (collection == null) {
            return false;
        }
        aliases.removeAllOf(name);
        collection.delete();
        return true;
    }

    synchronized void changeAliases(List<AliasOperations> actions) throws IOException {
        aliases.change(actions, collections.keySet());
    }

    List<AliasDescription> aliases() {
        return aliases.list();
    }

    @Override
    public synchronized void close() throws IOException {
        IOUtils.close(collections.values().stream()
                .map(collection -> (Closeable) collection::close)
                .toList());
    }
}
