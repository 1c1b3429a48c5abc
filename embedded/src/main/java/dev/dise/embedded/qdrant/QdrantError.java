package dev.dise.embedded.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The errors of the contract, with the status codes and the wording of Qdrant. */
final class QdrantError {

    private QdrantError() {}

    static StatusRuntimeException noCollection(String name) {
        return notFound("Collection `" + name + "` doesn't exist!");
    }

    static StatusRuntimeException notFound(String what) {
        return Status.NOT_FOUND.withDescription("Not found: " + what).asRuntimeException();
    }

    static StatusRuntimeException collectionExists(String name) {
        return Status.ALREADY_EXISTS
                .withDescription("Wrong input: Collection `" + name + "` already exists!")
                .asRuntimeException();
    }

    static StatusRuntimeException wrongInput(String reason) {
        return Status.INVALID_ARGUMENT.withDescription("Wrong input: " + reason).asRuntimeException();
    }

    static StatusRuntimeException wrongDimension(int expected, int actual) {
        return wrongInput("Vector dimension error: expected dim: " + expected + ", got " + actual);
    }

    /** A part of a known request that Qdrant serves and this server does not. */
    static StatusRuntimeException missing(String part) {
        return wrongInput("the embedded Qdrant does not support " + part);
    }
}
