package dev.dise.cli.rebuild;

import dev.dise.cli.StackLink;
import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.generations.StoreGenerations;
import dev.dise.schemas.Store;
import java.util.List;

/** The one place where a store becomes its generations. */
final class Generations {
    /** Those that can be rebuilt. */
    static final List<Store> STORES = List.of(Store.POSTGRES, Store.QDRANT);

    private Generations() {}

    /**
     * Opens the generations of a store; who asks closes them.
     */
    static StoreGenerations open(Store store, StackLink.Connection connection) {
        return switch (store) {
            case POSTGRES -> PgGenerations.of(connection.reachableConfig());
            case QDRANT -> connection.qdrantGenerations();
        };
    }
}
