package dev.dise.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes bytes on between clients and a server, and while it cuts, resets each connection after a random count of bytes,
 * wherever that is in a frame.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int HIGHEST_POWER = 12;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean cutting;

    CuttingProxy(int serverPort, long seed) throws IOException {
        this.serverPort = serverPort;
        this.random = new Random(seed);
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut(boolean newCutting) {
        cutting = newCutting;
    }

    /** Connections cut so far. */
    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(CuttingProxy::reset);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
            open.forEach(CuttingProxy::reset);
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            open.add(server);
            AtomicLong left = new AtomicLong(bytesUntilTheCut());
            start(() -> pass(client, server, left));
            pass(server, client, left);
        } catch (IOException e) {
            // Nobody listens: the client sees the same.
            reset(client);
        }
    }

    /** Mostly few, sometimes many. */
    private synchronized long bytesUntilTheCut() {
        return cutting ? 1 + random.nextInt(1 << random.nextInt(1, HIGHEST_POWER)) : Long.MAX_VALUE;
    }

    private void pass(Socket from, Socket to, AtomicLong left) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long before = left.getAndAdd(-count);
                out.write(buffer, 0, (int) Math.max(0, Math.min(before, count)));
                if (before <= count) {
                    // Only one direction comes to the very place.
                    cuts.addAndGet(before > 0 ? 1 : 0);
                    break;
                }
            }
        } catch (IOException e) {
            // The other direction was cut, or one side is gone.
        } finally {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed by the other direction.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
