package dev.dise.rag.generations;

import dev.dise.rag.store.Generation;
import dev.dise.rag.store.QdrantLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares two generations point by point, while both may be written. What differs at first sight is looked at again each
 * time that both have passed what their topics held: what comes out the same twice, and different, differs for good.
 */
final class Comparison {
    /** So many differences are no matter of timing. */
    private static final int MOST = 20_000;

    private final QdrantLink link;
    private final Generation one;
    private final Generation other;
    private final boolean isSameModel;
    private final PointDigest digest = new PointDigest();

    /** A point in both; null where it is missing. */
    private record Pair(@Nullable StoredPoint one, @Nullable StoredPoint other) {
        boolean isSame(boolean isSameModel) {
            return one == null ? other == null : other != null && one.isSame(other, isSameModel);
        }

        boolean isAs(Pair before) {
            return same(one, before.one) && same(other, before.other);
        }

        private static boolean same(@Nullable StoredPoint now, @Nullable StoredPoint before) {
            return now == null ? before == null : before != null && now.isSame(before, true);
        }
    }

    Comparison(QdrantLink link, Generation one, Generation other) {
        this.link = link;
        this.one = one;
        this.other = other;
        this.isSameModel = one.model().isSameModel(other.model());
    }

    /**
     * The digest that both have.
     *
     * @param passed returns once both generations have everything that their topics held when it was called
     * @throws IllegalStateException if they differ; the message says how many points, and names some
     */
    String run(LongConsumer progress, Runnable passed) {
        Map<String, Pair> different = new LinkedHashMap<>();
        walk(progress, different);
        for (int round = 0; !different.isEmpty(); round++) {
            passed.run();
            Map<String, Pair> now = again(List.copyOf(different.keySet()));
            boolean isSettled = true;
            for (Map.Entry<String, Pair> pair : now.entrySet()) {
                Pair before = different.get(pair.getKey());
                isSettled &= round > 0 && before != null && pair.getValue().isAs(before);
            }
            if (isSettled && !now.isEmpty()) {
                throw new IllegalStateException(describe(now));
            }
            different = now;
        }
        return digest.text();
    }

    /** Both at once, in the order of their ids. */
    private void walk(LongConsumer progress, Map<String, Pair> different) {
        PointPages ones = new PointPages(link, one.collection());
        PointPages others = new PointPages(link, other.collection());
        long seen = 0;
        while (true) {
            StoredPoint a = ones.peek();
            StoredPoint b = others.peek();
            if (a == null && b == null) {
                return;
            }
            int order = a == null ? 1 : b == null ? -1 : a.id().compareTo(b.id());
            Pair pair = new Pair(order <= 0 ? a : null, order >= 0 ? b : null);
            note(pair, different);
            if (order <= 0) {
                ones.advance();
            }
            if (order >= 0) {
                others.advance();
            }
            progress.accept(++seen);
        }
    }

    private void note(Pair pair, Map<String, Pair> different) {
        StoredPoint any = pair.one() != null ? pair.one() : pair.other();
        if (any == null) {
            return;
        }
        if (pair.isSame(isSameModel)) {
            digest.add(any);
        } else {
            different.put(any.id(), pair);
            if (different.size() > MOST) {
                throw new IllegalStateException(describe(different));
            }
        }
    }

    private Map<String, Pair> again(List<String> ids) {
        Map<String, Pair> different = new LinkedHashMap<>();
        for (int from = 0; from < ids.size(); from += PointPages.AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + PointPages.AT_ONCE, ids.size()));
            Map<String, StoredPoint> ones = PointPages.byIds(link, one.collection(), some);
            Map<String, StoredPoint> others = PointPages.byIds(link, other.collection(), some);
            some.forEach(id -> note(new Pair(ones.get(id), others.get(id)), different));
        }
        return different;
    }

    private String describe(Map<String, Pair> different) {
        Map<String, Integer> kinds = new HashMap<>();
        List<String> some = new ArrayList<>();
        different.forEach((id, pair) -> {
            String kind = pair.one() == null ? "missing there" : pair.other() == null ? "missing here" : "different";
            kinds.merge(kind, 1, Integer::sum);
            if (some.size() < 5) {
                some.add(id);
            }
        });
        return "generation " + other.number() + " is not what generation " + one.number() + " is: "
                + kinds.getOrDefault("missing here", 0) + " points are missing, "
                + kinds.getOrDefault("missing there", 0) + " are too many, "
                + kinds.getOrDefault("different", 0) + " differ; for example " + String.join(", ", some)
                + ". It is left as it is: look at it, then ./dise rebuild drop qdrant " + other.number();
    }
}
