package dev.dise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Finds ports of the loopback interface that nobody listens on.
 *
 * <p>The port is free at the moment of the answer; another process may take it before the caller binds it, which the
 * caller then sees as a failed start.
 */
public final class FreePort {

    private FreePort() {}

    /** A port that was free a moment ago. Ports follow each other in the system's order, so two calls rarely agree. */
    public static int find() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback interface", e);
        }
    }

    /** A port that was free a moment ago and is not the given one. */
    static int findBeside(int port) {
        int found = find();
        return found == port ? findBeside(port) : found;
    }

    /** The port itself, or a free one for 0. */
    static int orFree(int port) {
        return port == 0 ? find() : port;
    }

    /**
     * Refuses a port that someone listens on, because a server that cannot bind says so late or not at all. 0 is free.
     *
     * @param server who wants it, for the message
     * @throws IllegalStateException one sentence that names the port
     */
    public static void requireFree(int port, String server) {
        try (ServerSocket socket = bind(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + port + " for " + server
                            + " is taken: stop the program that listens on it or choose another port.",
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
