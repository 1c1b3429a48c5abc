package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Second names of collections, in one file. Readers see all actions of a request or none; the caller lets one change in at
 * a time.
 */
final class Aliases {

    private final AtomicFile file;
    private volatile Map<String, String> targets;

    private Aliases(AtomicFile file, Map<String, String> targets) {
        this.file = file;
        this.targets = targets;
    }

    static Aliases open(Path path) throws IOException {
        AtomicFile file = new AtomicFile(path);
        Map<String, String> targets = new TreeMap<>();
        if (file.exists()) {
            ListAliasesResponse.parseFrom(file.read())
                    .getAliasesList()
                    .forEach(alias -> targets.put(alias.getAliasName(), alias.getCollectionName()));
        }
        return new Aliases(file, targets);
    }

    Optional<String> target(String alias) {
        return Optional.ofNullable(targets.get(alias));
    }

    List<AliasDescription> list() {
        List<AliasDescription> aliases = new ArrayList<>();
        targets.forEach((alias, collection) -> aliases.add(AliasDescription.newBuilder()
                .setAliasName(alias)
                .setCollectionName(collection)
                .build()));
        return aliases;
    }

    void change(List<AliasOperations> actions, Set<String> collections) throws IOException {
        Map<String, String> changed = new TreeMap<>(targets);
        actions.forEach(action -> apply(action, changed, collections));
        save(changed);
    }

    void removeAllOf(String collection) throws IOException {
        retain(name -> !name.equals(collection));
    }

    /** Forgets aliases of collections that are gone. */
    void retain(Predicate<String> exists) throws IOException {
        Map<String, String> changed = new TreeMap<>(targets);
        if (changed.values().removeIf(exists.negate())) {
            save(changed);
        }
    }

    private static void apply(AliasOperations action, Map<String, String> changed, Set<String> collections) {
        switch (action.getActionCase()) {
            case CREATE_ALIAS -> {
                String collection = action.getCreateAlias().getCollectionName();
                if (!collections.contains(collection)) {
                    throw QdrantError.noCollection(collection);
                }
                put(action.getCreateAlias().getAliasName(), collection, changed, collections);
            }
            case RENAME_ALIAS -> {
                String old = action.getRenameAlias().getOldAliasName();
                String collection = changed.remove(old);
                if (collection == null) {
                    throw QdrantError.notFound("Alias " + old + " does not exists!");
                }
                put(action.getRenameAlias().getNewAliasName(), collection, changed, collections);
            }
            case DELETE_ALIAS -> changed.remove(action.getDeleteAlias().getAliasName());
            case ACTION_NOT_SET -> throw QdrantError.wrongInput("an alias action is empty");
        }
    }

    private static void put(String alias, String collection, Map<String, String> changed, Set<String> collections) {
        if (alias.isBlank()) {
            throw QdrantError.wrongInput("an alias needs a name");
        }
        if (collections.contains(alias)) {
            throw QdrantError.collectionExists(alias);
        }
        changed.put(alias, collection);
    }

    private void save(Map<String, String> changed) throws IOException {
        ListAliasesResponse.Builder content = ListAliasesResponse.newBuilder();
        changed.forEach((alias, collection) ->
                content.addAliasesBuilder().setAliasName(alias).setCollectionName(collection));
        file.write(content.build());
        targets = changed;
    }
}
