package dev.dise.query.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** All files of the console, read once. There are no others: a name that is not listed is not found. */
public final class ConsoleFiles {
    static final List<String> NAMES = List.of(
            "index.html",
            "icon.svg",
            "console.css",
            "app.js",
            "api.js",
            "parts.js",
            "pages/bugs.js",
            "docs.html",
            "docs.js",
            "pages/chart.js",
            "pages/events.js",
            "pages/flow.js",
            "pages/health.js",
            "pages/letters.js",
            "pages/performance.js",
            "pages/rebuild.js",
            "pages/search.js",
            "pages/tool.js",
            "pages/tools.js",
            "pages/trace.js",
            "vendor/dagre.js",
            "vendor/htm.js",
            "vendor/preact-hooks.js",
            "vendor/preact.js",
            "vendor/uplot.css",
            "vendor/uplot.js");

    private static final String INDEX = "index.html";
    private static final String MAP_BEGIN = "<script type=\"importmap\">";
    private static final String MAP_END = "</script>";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, ConsoleFile> files = new TreeMap<>();
    private final Map<String, String> headers;

    /** Reads them from the jar. */
    public ConsoleFiles() {
        NAMES.forEach(name -> files.put(name, file(name)));
        this.headers = headers(new String(read(INDEX), StandardCharsets.UTF_8));
    }

    /** The file of that name; of the empty one the page itself. */
    public Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(files.get(name.isEmpty() ? INDEX : name));
    }

    /** What each answer says of what the page may do: nothing but talk to where it came from. */
    public Map<String, String> headers() {
        return headers;
    }

    private static Map<String, String> headers(String index) {
        int from = index.indexOf(MAP_BEGIN) + MAP_BEGIN.length();
        String importMap = index.substring(from, index.indexOf(MAP_END, from));
        String hash = Base64.getEncoder().encodeToString(sha256(importMap.getBytes(StandardCharsets.UTF_8)));
        return Map.of(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cache-Control",
                "no-cache");
    }

    private static ConsoleFile file(String name) {
        byte[] bytes = read(name);
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("no media type is known for " + name);
        }
        String etag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 8) + '"';
        return new ConsoleFile(type, etag, bytes, packed(bytes));
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
