package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what came of the items of one request, and makes the answer of it. It holds a bounded number of items: all of
 * them while they are few, then only those that were not accepted.
 */
final class Tally {
    private static final int LISTED = 1000;
    private static final int CHARS_OF_ITEM = 96;

    private final GatewayMeters meters;
    private final List<ItemResult> items = new ArrayList<>();
    private boolean listsAll = true;
    private boolean isCut;
    private long accepted;
    private long inSpool;
    private long refused;
    private long unavailable;

    Tally(GatewayMeters meters) {
        this.meters = meters;
    }

    /** Counts one. */
    void add(ItemResult result) {
        if (result.isAccepted()) {
            accepted++;
            inSpool += ItemResult.SPOOL.equals(result.safeIn()) ? 1 : 0;
        } else {
            meters.count(result);
            if (result.status().equals(ItemResult.REFUSED)) {
                refused++;
            } else {
                unavailable++;
            }
        }
        list(result);
    }

    /** The answer to the request as a whole. */
    Reply reply() {
        meters.accepted(accepted);
        if (accepted > 0) {
            return new Reply(202, Reply.JSON, encode(), Map.of(EventAnswer.ACK, place()));
        }
        if (unavailable > 0) {
            String detail = "see each item for what is known; send them again with the same ids";
            return new Problem(503, "UNAVAILABLE", "none of them is safe", detail, members()).reply();
        }
        String detail = "see each item for the rules that it breaks";
        return new Problem(400, "REFUSED", "every event was refused", detail, members()).reply();
    }

    /** The answer to a request that broke off: why, and what had been accepted before. */
    Reply reply(Problem broken) {
        meters.accepted(accepted);
        meters.refused(broken.reason());
        return broken.with(members()).reply();
    }

    private void list(ItemResult result) {
        if (listsAll && items.size() == LISTED) {
            listsAll = false;
            items.removeIf(ItemResult::isAccepted);
        }
        if (!listsAll && result.isAccepted()) {
            return;
        }
        if (items.size() < LISTED) {
            items.add(result);
        } else {
            isCut = true;
        }
    }

    private String place() {
        return inSpool > 0 ? ItemResult.SPOOL : ItemResult.KAFKA;
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accepted", accepted);
        members.put("refused", refused);
        members.put("unavailable", unavailable);
        members.put("listed", listed());
        members.put("cut", isCut);
        members.put("items", items);
        return members;
    }

    /** The same as {@link #members}, at the speed of large batches. */
    private byte[] encode() {
        StringBuilder json = new StringBuilder(256 + CHARS_OF_ITEM * items.size());
        json.append("{\"accepted\":").append(accepted);
        json.append(",\"refused\":").append(refused);
        json.append(",\"unavailable\":").append(unavailable);
        json.append(",\"listed\":\"").append(listed());
        json.append("\",\"cut\":").append(isCut);
        json.append(",\"items\":[");
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",");
            items.get(i).write(json);
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    private String listed() {
        return listsAll ? "all" : "not accepted";
    }
}
