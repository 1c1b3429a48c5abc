package dev.dise.bench.query;

import dev.dise.bench.Waiting;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Chromium without a screen, told what to do by its own protocol. For one thread. */
final class DevTools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process chromium;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int calls;

    private DevTools(Process chromium, Path profile) throws Exception {
        this.chromium = chromium;
        Path portFile = profile.resolve("DevToolsActivePort");
        Waiting.until(
                "Chromium listens",
                PATIENCE,
                () -> Files.exists(portFile) && !Files.readString(portFile).isBlank());
        String port = Files.readAllLines(portFile).getFirst();
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page(port)), new Collecting(messages))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The program; empty where it is not installed. */
    static Optional<Path> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one with a profile of its own in the folder. */
    static DevTools start(Path program, Path folder) throws Exception {
        Path profile = folder.resolve("chromium");
        Process chromium = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            return new DevTools(chromium, profile);
        } catch (Exception e) {
            chromium.destroyForcibly();
            throw e;
        }
    }

    private String page(String port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        String targets =
                http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        for (JsonNode target : Json.mapper().readTree(targets)) {
            if (target.path("type").asString("").equals("page")) {
                return target.path("webSocketDebuggerUrl").asString();
            }
        }
        throw new IllegalStateException("Chromium has no page: " + targets);
    }

    /** Does what is named, and returns what came of it. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ++calls;
        socket.sendText(
                        Json.mapper().writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while (true) {
            String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("Chromium does not answer to " + method);
            }
            JsonNode answer = Json.mapper().readTree(message);
            if (answer.path("id").asInt(0) == id) {
                return answer.path("result");
            }
        }
    }

    /** The value of a script of the page, which is a text. */
    String text(String script) throws Exception {
        return call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true))
                .path("result")
                .path("value")
                .asString("");
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        List<ProcessHandle> children = chromium.descendants().toList();
        chromium.destroy();
        chromium.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(late -> chromium.destroyForcibly())
                .join();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Puts the parts of each message together. */
    private record Collecting(BlockingQueue<String> messages, StringBuilder parts) implements WebSocket.Listener {
        Collecting(BlockingQueue<String> messages) {
            this(messages, new StringBuilder());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }
    }
}
