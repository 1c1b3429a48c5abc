package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.InvalidEventException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.Semaphore;

/**
 * What every request that brings events goes through, whatever its form: its key, its rate, the memory that it may hold,
 * how many are worked on, and an answer to everything that goes wrong. What gets through can rely on all of it.
 */
final class Door {
    private final Gatekeeper gatekeeper;
    private final Connections connections;
    private final GatewayMeters meters;
    private final GatewayLimits limits;
    private final MemoryBudget memory;
    private final Semaphore work;

    Door(Gatekeeper gatekeeper, Connections connections, GatewayMeters meters, GatewayLimits limits) {
        this.gatekeeper = gatekeeper;
        this.connections = connections;
        this.meters = meters;
        this.limits = limits;
        this.memory = new MemoryBudget(memoryOf(limits));
        this.work = new Semaphore(limits.load().requests());
    }

    /** A handler that lets through to the intake what may come in. */
    Handler before(Intake intake) {
        return (request, response) -> {
            try {
                Answers.send(response, take(intake, request));
            } catch (InvalidEventException e) {
                refuse(request, response, Problem.of(e));
            } catch (ProblemException e) {
                refuse(request, response, e.problem());
            }
        };
    }

    private Reply take(Intake intake, ServerRequest request) {
        Caller caller = gatekeeper.admit(request, Scope.EMIT);
        caller.rate().admit();
        try (MemoryBudget.Share share = memory.open();
                Arrival arrival = new Arrival(request, caller, connections.of(request), limits, share, work)) {
            return intake.take(arrival);
        }
    }

    private void refuse(ServerRequest request, ServerResponse response, Problem problem) {
        meters.refused(problem.reason());
        Answers.send(request, response, problem);
    }

    /** A small heap must not be filled by a budget made for a large one. */
    private static long memoryOf(GatewayLimits limits) {
        return Math.min(limits.load().memory(), Runtime.getRuntime().maxMemory() / 4);
    }
}
