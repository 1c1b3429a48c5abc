package dev.dise.operations.routing;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a change of routing would do to past events, or has done.
 *
 * @param resumed whether it went on with an earlier backfill; the figures are those since then
 * @param read events that were looked at
 * @param unroutable of those, what the router refuses before and after
 * @param forgotten of those, what is of forgotten subjects, which moves nowhere
 * @param types each type that came, in the order of the catalogue
 * @param sent records that the backfill has sent; null if nothing was to be sent
 * @param gap what {@code dise.events} has lost of the span; null if nothing
 */
public record RouteReport(
        boolean resumed,
        long read,
        long unroutable,
        long forgotten,
        List<TypeMove> types,
        @Nullable Long sent,
        @Nullable String gap) {
    public RouteReport {
        types = List.copyOf(types);
    }

    /** A figure over all types. */
    public long total(ToLongFunction<TypeMove> figure) {
        return types.stream().mapToLong(figure).sum();
    }
}
