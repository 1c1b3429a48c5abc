package dev.dise.embedded.qdrant;

import io.qdrant.client.QdrantClient;
import org.junit.jupiter.api.Nested;

/**
 * What a server of Qdrant's gRPC contract does, as the official client sees it. Qdrant itself passes it, and so does
 * {@link EmbeddedQdrant}: each subclass says which server is asked.
 */
abstract class QdrantContract {

    /** A client that stays connected while the tests run. */
    protected abstract QdrantClient client();

    @Nested
    class Collections extends QdrantContractCollections {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Points extends QdrantContractPoints {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Payloads extends QdrantContractPayloads {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Filters extends QdrantContractFilters {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Search extends QdrantContractSearch {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class SparseVectors extends QdrantContractSparseVectors {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Fusion extends QdrantContractFusion {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }

    @Nested
    class Errors extends QdrantContractErrors {
        @Override
        protected QdrantClient client() {
            return QdrantContract.this.client();
        }
    }
}
