package dev.dise.runtime.config;

/**
 * Where a server listens.
 *
 * @param port 0 takes any free one
 */
public record HttpConfig(String host, int port) {
    static HttpConfig from(Section section, int defaultPort) {
        HttpConfig config = new HttpConfig(
                section.requiredText("host", "127.0.0.1"), section.number("port", defaultPort, 0, 65535));
        section.refuseUnknownKeys();
        return config;
    }
}
