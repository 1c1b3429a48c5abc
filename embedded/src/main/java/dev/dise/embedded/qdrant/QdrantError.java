package dev.dise.embedded.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Common.PointId;

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

    /** What Qdrant refuses before it looks at the collection. */
    static StatusRuntimeException invalid(String what) {
        return badArgument("Validation error in body: [" + what + "]");
    }

    /** What Qdrant refuses while it reads the message. */
    static StatusRuntimeException badArgument(String reason) {
        return Status.INVALID_ARGUMENT.withDescription(reason).asRuntimeException();
    }

    static StatusRuntimeException badRequest(String reason) {
        return badArgument("Bad request: " + reason);
    }

    static StatusRuntimeException noPoint(PointId id) {
        return notFound(
                "No point with id " + (id.hasUuid() ? id.getUuid() : Long.toUnsignedString(id.getNum())) + " found");
    }

    static StatusRuntimeException noVector(String name) {
        return wrongInput("Not existing vector name error: " + name);
    }

    static StatusRuntimeException wrongKindOfVector() {
        return wrongInput("Conversion between sparse and regular vectors failed");
    }

    static StatusRuntimeException wrongDimension(int expected, int actual) {
        return wrongInput("Vector dimension error: expected dim: " + expected + ", got " + actual);
    }

    /** A part of a known request that Qdrant serves and this server does not. */
    static StatusRuntimeException missing(String part) {
        return wrongInput("the embedded Qdrant does not support " + part);
    }
}
