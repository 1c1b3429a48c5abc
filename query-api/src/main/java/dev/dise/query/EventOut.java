package dev.dise.query;

import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events: a name and a line of JSON each. */
final class EventOut {
    private final OutputStream out;

    EventOut(OutputStream out) {
        this.out = out;
    }

    /** Sends one event now. */
    void event(String name, Object data) throws IOException {
        out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(Json.encode(data));
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
