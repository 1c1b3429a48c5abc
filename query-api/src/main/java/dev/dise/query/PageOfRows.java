package dev.dise.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a list.
 *
 * @param count how many items are here, not how many there are
 * @param next the cursor of what comes behind; null at the end
 */
record PageOfRows(
        List<ObjectNode> items,
        int count,
        int limit,
        @Nullable String next) {
    PageOfRows(List<ObjectNode> items, int limit, @Nullable String next) {
        this(items, items.size(), limit, next);
    }
}
