package dev.dise.gateway;

import dev.dise.schemas.InvalidEventException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** What the log protocols share: bounds, counts, and refusals that each protocol puts into its own words. Thread-safe. */
final class LogPushes {
    /** The most that is decoded at one time, in KiB of plain bodies: decoded, they take some times as much. */
    private static final int DECODED_KIB = 64 * 1024;

    private static final int KIB = 1024;

    private final GatewayMeters meters;
    private final BodyBudget budget = new BodyBudget(Limits.BODIES_IN_WORK_BYTES);
    private final Semaphore decoded = new Semaphore(DECODED_KIB);

    LogPushes(GatewayMeters meters) {
        this.meters = meters;
    }

    /** Does the work with a body in memory; what it refuses as a whole goes to the other one. */
    void handle(ServerRequest request, Runnable work, Consumer<Problem> refuse) {
        long length = request.headers().contentLength().orElse(Limits.BODY_BYTES);
        try {
            meters.countingRefusals(() -> budget.spend(length, work));
        } catch (InvalidEventException e) {
            refuse.accept(Problem.of(e));
        } catch (ProblemException e) {
            refuse.accept(e.problem());
        }
    }

    /**
     * Does the work with what is decoded of a body.
     *
     * @param plainBytes the length of the body without any compression
     * @throws ProblemException 503 if there is no room for it now
     */
    void decoding(int plainBytes, Runnable work) {
        int taken = plainBytes / KIB + 1;
        if (!decoded.tryAcquire(taken)) {
            throw new ProblemException(Problem.of(
                    503, "BUSY", "too many requests at one time", "nothing of it was stored; send it again later"));
        }
        try {
            work.run();
        } finally {
            decoded.release(taken);
        }
    }

    /** Answers with a status after which clients wait and send again if it says so. */
    static void answer(ServerResponse response, int status, String mediaType, byte[] body) {
        if (status == 429 || status == 503) {
            response.header(HeaderNames.RETRY_AFTER, Long.toString(Limits.RETRY_AFTER.toSeconds()));
        }
        Answers.send(response, status, mediaType, body);
    }
}
