package dev.dise.operations.forget;

import java.util.Map;
import java.util.TreeMap;

/** What there is of a subject where it can be removed, or what was removed. */
record Found(
        Map<String, Long> rows, Map<String, Long> archivedRows, Map<String, Long> points, long vectors, long letters) {
    static final Found NOTHING = new Found(Map.of(), Map.of(), Map.of(), 0, 0);

    Found plus(Found more) {
        return new Found(
                sum(rows, more.rows),
                sum(archivedRows, more.archivedRows),
                sum(points, more.points),
                vectors + more.vectors,
                letters + more.letters);
    }

    boolean isNothing() {
        return rows.isEmpty() && archivedRows.isEmpty() && points.isEmpty() && vectors == 0 && letters == 0;
    }

    private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> sum = new TreeMap<>(a);
        b.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
