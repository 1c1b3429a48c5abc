package dev.dise.rag.store;

import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The generations of one name, as Qdrant itself remembers them: a collection {@code <name>-g<n>} for each, which says in its
 * metadata what it is, and the alias {@code <name>} on the live one. Nothing is cached. Thread-safe.
 */
public final class GenerationCatalog {
    private final QdrantLink link;
    private final RagConfig config;
    private final Clock clock;
    private final Pattern names;

    public GenerationCatalog(QdrantLink link, RagConfig config, Clock clock) {
        this.link = link;
        this.config = config;
        this.clock = clock;
        this.names = Pattern.compile(Pattern.quote(config.qdrant().collection()) + "-g(\\d{1,9})");
    }

    /** All there are, by number. */
    public List<Generation> list() throws StoreUnavailableException {
        String live = liveCollection();
        List<Generation> generations = new ArrayList<>();
        for (String collection : link.await(link.client().listCollectionsAsync())) {
            Matcher name = names.matcher(collection);
            if (name.matches()) {
                find(collection, Integer.parseInt(name.group(1)), collection.equals(live))
                        .ifPresent(generations::add);
            }
        }
        generations.sort(Comparator.comparingInt(Generation::number));
        return generations;
    }

    /** The one that readers see. */
    public static Optional<Generation> live(List<Generation> generations) {
        return generations.stream().filter(Generation::isLive).findFirst();
    }

    /** The first number that was never given away, as far as these know. */
    public int nextNumber(List<Generation> generations) {
        int highest = generations.stream().mapToInt(Generation::highest).max().orElse(0);
        return Math.max(highest + 1, config.qdrant().generation());
    }

    /**
     * Makes the collection of a new generation. One that another process has made a moment ago is as good.
     *
     * @throws IllegalStateException if the server is too old
     */
    public void create(int number, Source source, GenerationState state) throws StoreUnavailableException {
        link.requireVersion();
        String collection = collection(number);
        CreateCollection request = CollectionShape.request(
                        collection, source.model().dimension())
                .putAllMetadata(values(Generation.notes(state, source, clock.instant())))
                .build();
        try {
            link.awaitRaw(link.client().createCollectionAsync(request, link.deadline()));
        } catch (ExecutionException e) {
            if (!QdrantErrors.isThereAlready(e)) {
                throw QdrantErrors.sorted(e);
            }
        }
        CollectionShape.index(link, collection);
    }

    /** Lets a collection say what it is that an earlier version has made. */
    public void adopt(Generation generation) throws StoreUnavailableException {
        note(
                generation.collection(),
                Generation.notes(GenerationState.FOLLOWING, generation.source(), clock.instant()));
    }

    /** From now on the sink keeps it up to date. */
    public void handOver(Generation generation) throws StoreUnavailableException {
        note(generation.collection(), Map.of(Generation.STATE, GenerationState.FOLLOWING.wireName()));
    }

    /** From now on the sink leaves it alone, and no rebuild goes on with it: it is about to be dropped. */
    public void withdraw(Generation generation) throws StoreUnavailableException {
        note(
                generation.collection(),
                Map.of(Generation.STATE, GenerationState.BUILDING.wireName(), Generation.OPEN, ""));
    }

    /** Its rebuild is over; the next one begins another. */
    public void close(Generation generation) throws StoreUnavailableException {
        note(generation.collection(), Map.of(Generation.OPEN, ""));
    }

    /**
     * Lets readers see this generation, in one request.
     *
     * @param former what they saw; null if nothing
     * @return how long Qdrant took: until then readers saw the former
     */
    public Duration switchTo(Generation generation, @Nullable Generation former) throws StoreUnavailableException {
        Map<String, String> notes = new HashMap<>();
        notes.put(Generation.SWITCHED, clock.instant().toString());
        if (former != null) {
            notes.put(Generation.FORMER, Integer.toString(former.number()));
            notes.put(Generation.HIGHEST, Integer.toString(former.highest()));
        }
        note(generation.collection(), notes);
        List<AliasOperations> actions = new ArrayList<>();
        if (liveCollection() != null) {
            actions.add(AliasOperations.newBuilder()
                    .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias()))
                    .build());
        }
        actions.add(AliasOperations.newBuilder()
                .setCreateAlias(
                        CreateAlias.newBuilder().setAliasName(alias()).setCollectionName(generation.collection()))
                .build());
        long begin = System.nanoTime();
        link.await(link.client().updateAliasesAsync(actions, link.deadline()));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Removes the collection; its number is never given away again. */
    public void delete(Generation generation, @Nullable Generation live) throws StoreUnavailableException {
        if (live != null) {
            int highest = Math.max(live.highest(), generation.highest());
            note(live.collection(), Map.of(Generation.HIGHEST, Integer.toString(highest)));
        }
        link.await(link.client().deleteCollectionAsync(generation.collection(), link.deadline()));
    }

    private @Nullable String liveCollection() throws StoreUnavailableException {
        return link.await(link.client().listAliasesAsync()).stream()
                .filter(alias -> alias.getAliasName().equals(alias()))
                .map(AliasDescription::getCollectionName)
                .findFirst()
                .orElse(null);
    }

    /** Empty if it was removed since it was listed. */
    private Optional<Generation> find(String collection, int number, boolean isLive) throws StoreUnavailableException {
        try {
            Map<String, String> notes = new HashMap<>();
            link.awaitRaw(link.client().getCollectionInfoAsync(collection))
                    .getConfig()
                    .getMetadataMap()
                    .forEach((key, value) -> notes.put(key, value.getStringValue()));
            return Optional.of(Generation.from(number, collection, isLive, notes, config));
        } catch (ExecutionException e) {
            if (QdrantErrors.isGone(e)) {
                return Optional.empty();
            }
            throw QdrantErrors.sorted(e);
        }
    }

    private void note(String collection, Map<String, String> notes) throws StoreUnavailableException {
        link.await(link.client()
                .updateCollectionAsync(
                        UpdateCollection.newBuilder()
                                .setCollectionName(collection)
                                .putAllMetadata(values(notes))
                                .build(),
                        link.deadline()));
    }

    private String alias() {
        return config.qdrant().collection();
    }

    private String collection(int number) {
        return alias() + "-g" + number;
    }

    private static Map<String, Value> values(Map<String, String> notes) {
        Map<String, Value> values = new HashMap<>();
        notes.forEach((key, text) -> values.put(key, ValueFactory.value(text)));
        return values;
    }
}
