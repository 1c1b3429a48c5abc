package dev.dise.embedded.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a call with one message or one error. */
final class Reply {

    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private Reply() {}

    /** The work behind a call. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    static <T> void with(StreamObserver<T> observer, Call<T> call) {
        T answer;
        try {
            answer = call.run();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        } catch (AlreadyClosedException e) {
            // The collection was deleted, or the server closed, while the call was on its way.
            observer.onError(Status.UNAVAILABLE
                    .withDescription("the collection is closed")
                    .withCause(e)
                    .asRuntimeException());
            return;
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("call failed");
            observer.onError(Status.INTERNAL
                    .withDescription("Service internal error: " + e)
                    .withCause(e)
                    .asRuntimeException());
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }
}
