package dev.dise.runtime.sink;

import java.util.HashMap;
import java.util.Map;

/** The double keeps the contract too, so what the loop's tests show holds for real sinks. */
class InMemorySinkTest extends SinkContract<DecodedEvent> {
    private final InMemorySink sink = new InMemorySink(
            delivery -> delivery.content().data().path("name").asString("").equals("poison"));

    @Override
    protected Sink<DecodedEvent> sink() {
        return sink;
    }

    @Override
    protected Delivery<DecodedEvent> delivery(Delivery<DecodedEvent> event) {
        return event;
    }

    @Override
    protected Delivery<DecodedEvent> poison(Delivery<DecodedEvent> event) {
        event.content().data().put("name", "poison");
        return event;
    }

    @Override
    protected Map<String, String> stored() {
        Map<String, String> names = new HashMap<>();
        sink.entities()
                .forEach((id, event) -> names.put(id, event.data().path("name").asString("")));
        return names;
    }

    @Override
    protected void takeAway() {
        sink.setAway(true);
    }

    @Override
    protected void bringBack() {
        sink.setAway(false);
    }
}
