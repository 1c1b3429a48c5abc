package dev.dise.query;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a list.
 *
 * @param count how many items are here, not how many there are
 */
record PageOfRows(List<ObjectNode> items, int count, int limit, int offset) {
    static PageOfRows of(List<ObjectNode> items, Page page) {
        return new PageOfRows(items, items.size(), page.limit(), page.offset());
    }
}
