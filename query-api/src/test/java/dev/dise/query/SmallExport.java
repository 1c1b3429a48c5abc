package dev.dise.query;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A query service and who exports from it, together in a JVM that could not hold what is exported. */
final class SmallExport {
    private SmallExport() {}

    public static void main(String[] args) throws Exception {
        DiseConfig config = DiseConfig.load(Path.of(args[0]));
        try (QueryApi api = QueryApi.start(config, new AxisModel(), new Health(), new Metrics());
                HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + api.port() + "/v1/logs/export?tool_id=begin");
            var body = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream())
                    .body();
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                System.out.println("rows " + lines.lines().count());
            }
        }
        // The clients of Kafka and Qdrant may still be ending.
        System.exit(0);
    }
}
