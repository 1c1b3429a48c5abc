package dev.dise.query;

import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Server-sent events: a name and a line of JSON each. */
final class EventOut implements AutoCloseable {
    private final Supplier<OutputStream> opening;
    private @Nullable OutputStream opened;

    /** @param opening begins the answer, which is only done for the first event: until then it can be another */
    EventOut(Supplier<OutputStream> opening) {
        this.opening = opening;
    }

    /** Sends one event now. */
    void event(String name, Object data) throws IOException {
        OutputStream out = out();
        out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(Json.encode(data));
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }

    private OutputStream out() {
        if (opened == null) {
            opened = opening.get();
        }
        return opened;
    }
}
