package dev.dise.runtime.config;

/**
 * Where a server listens.
 *
 * @param port 0 takes any free one
 */
public record HttpConfig(String host, int port) {
    static HttpConfig from(Section section, int defaultPort) {
        HttpConfig config = partOf(section, defaultPort);
        section.refuseUnknownKeys();
        return config;
    }

    /** Of a section that has other settings beside. */
    static HttpConfig partOf(Section section, int defaultPort) {
        return new HttpConfig(section.requiredText("host", "127.0.0.1"), section.number("port", defaultPort, 0, 65535));
    }

    /** Whether only this machine can reach it. */
    public boolean servesOnlyThisMachine() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
