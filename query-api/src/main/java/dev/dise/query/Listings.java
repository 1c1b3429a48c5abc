package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Lists the rows of a resource, the newest first. */
record Listings(Database database, Moments moments) {

    PageOfRows list(Resource resource, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(resource.parameterNames());
        Page page = Page.of(parameters);
        Instant end = moments.now().toInstant().plus(Database.STATEMENT_TIMEOUT);
        AnswerSize size = new AnswerSize();
        List<ObjectNode> items = new ArrayList<>();
        int skip = page.offset();
        for (Slice slice : slices(resource, parameters)) {
            int wanted = page.limit() - items.size();
            List<ObjectNode> found = rows(slice, wanted, skip, size);
            items.addAll(found);
            if (found.size() == wanted) {
                break;
            }
            skip = found.isEmpty() && skip > 0 ? skip - passedOver(slice, skip) : 0;
            requireBefore(end);
        }
        return PageOfRows.of(items, page);
    }

    /** What is to be asked, in that order, until a page is full. */
    List<Slice> slices(Resource resource, Parameters parameters) {
        Moments same = moments.standingStill();
        List<Condition> conditions = resource.conditions(parameters, same);
        if (!resource.byDay()) {
            return List.of(new Slice(resource.view(), conditions));
        }
        return TimeSlice.of(same.of("since", parameters), same.of("until", parameters), same.now()).stream()
                .map(time -> new Slice(
                        resource.view(),
                        Stream.concat(conditions.stream(), Stream.of(time.condition()))
                                .toList()))
                .toList();
    }

    private List<ObjectNode> rows(Slice slice, int limit, int offset, AnswerSize size)
            throws StoreUnavailableException {
        List<ObjectNode> found = List.of();
        for (SqlQuery attempt : slice.attempts(limit, offset)) {
            size.forget();
            found = database.rows(attempt, size);
            if (found.size() == limit) {
                break;
            }
        }
        size.keep();
        return found;
    }

    /** How many rows of the page's offset a slice has that has no more than these. */
    private int passedOver(Slice slice, int most) throws StoreUnavailableException {
        ObjectNode row = database.rows(slice.count()).getFirst();
        return (int) Math.min(row.get("count").longValue(), most);
    }

    /** Each statement has its time-out; this one is for all of a listing. */
    private void requireBefore(Instant end) throws StoreUnavailableException {
        if (moments.now().toInstant().isAfter(end)) {
            throw new StoreUnavailableException(DatabaseErrors.TOO_SLOW, new TimeoutException("all slices together"));
        }
    }
}
