package dev.dise.schemas;

/** Where an event is stored; the router fans out by it. */
public enum StorageStrategy {
    /** PostgreSQL: filtered, joined and counted. */
    BULK,
    /** Qdrant: found by meaning. */
    RAG,
    /** Both. */
    HYBRID;

    /** Whether events of this strategy go to PostgreSQL. */
    public boolean storesBulk() {
        return this != RAG;
    }

    /** Whether events of this strategy go to Qdrant. */
    public boolean storesRag() {
        return this != BULK;
    }

    /** Whether events of this strategy go to that store. */
    public boolean stores(Store store) {
        return store == Store.POSTGRES ? storesBulk() : storesRag();
    }
}
