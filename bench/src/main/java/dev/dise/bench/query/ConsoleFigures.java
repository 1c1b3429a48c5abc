package dev.dise.bench.query;

import dev.dise.bench.Repeated;
import dev.dise.bench.Waiting;
import dev.dise.cli.bench.Figure;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a browser loads before it shows the console, and when it shows something; nothing of it is in its cache. */
record ConsoleFigures(int port, int loads, Path folder, PrintWriter progress) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Files of the console only: what its pages ask for then depends on what is stored. */
    private static final String SEEN = """
            JSON.stringify((() => {
              const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .filter(e => e.name.includes('/console'));
              const paint = performance.getEntriesByName('first-contentful-paint')[0];
              return {at: location.pathname, ready: document.readyState, paint: paint ? paint.startTime : -1,
                  requests: files.length, bytes: files.reduce((sum, e) => sum + e.encodedBodySize, 0)};
            })())""";

    List<Figure> measure() throws Exception {
        Optional<Path> program = DevTools.program();
        if (program.isEmpty()) {
            progress.println("console not measured: Chromium is not installed; on Debian: apt-get install chromium");
            return List.of();
        }
        Repeated paints = new Repeated();
        JsonNode seen = Json.mapper().createObjectNode();
        try (DevTools browser = DevTools.start(program.get(), folder)) {
            browser.call("Network.enable", Map.of());
            browser.call("Network.setCacheDisabled", Map.of("cacheDisabled", true));
            for (int i = 0; i < loads; i++) {
                seen = load(browser);
                paints.add(seen.path("paint").asDouble());
            }
        }
        progress.printf("console: first paint %.0f ms, %s%n", paints.median(), seen);
        return List.of(
                Figure.rate("console_first_paint_ms", paints.median(), "ms"),
                Figure.rate("console_bytes", seen.path("bytes").asDouble(), "bytes"),
                Figure.rate("console_requests", seen.path("requests").asDouble(), "requests"));
    }

    private JsonNode load(DevTools browser) throws Exception {
        browser.call("Page.navigate", Map.of("url", "about:blank"));
        browser.call("Page.navigate", Map.of("url", "http://127.0.0.1:" + port + "/console/"));
        JsonNode[] seen = new JsonNode[1];
        Waiting.until("the console is painted", PATIENCE, () -> {
            String text = browser.text(SEEN);
            seen[0] = Json.mapper().readTree(text.isEmpty() ? "{}" : text);
            return seen[0].path("at").asString("").startsWith("/console")
                    && seen[0].path("ready").asString("").equals("complete")
                    && seen[0].path("paint").asDouble(-1) >= 0;
        });
        return seen[0];
    }
}
