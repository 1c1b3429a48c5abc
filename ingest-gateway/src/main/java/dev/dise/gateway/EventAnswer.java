package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request with one event. */
final class EventAnswer {
    /** The header that says where what was accepted is safe. */
    static final String ACK = "Ingest-Ack";

    private EventAnswer() {}

    static Reply of(String id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> accepted(stored.receipt());
            case Outcome.Undelivered undelivered ->
                Problem.unavailable(id, undelivered).reply();
        };
    }

    private static Reply accepted(Receipt receipt) {
        String place = ItemResult.placeOf(receipt);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", receipt.eventId());
        body.put("status", ItemResult.ACCEPTED);
        body.put("safe_in", place);
        if (receipt instanceof Receipt.InKafka kafka) {
            body.put("topic", kafka.topic());
            body.put("partition", kafka.partition());
            body.put("offset", kafka.offset());
        }
        return Reply.json(202, body).with(ACK, place);
    }
}
