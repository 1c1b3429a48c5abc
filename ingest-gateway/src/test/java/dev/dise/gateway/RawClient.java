package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A client that sends bytes as they are, as slowly and as wrongly as a test wants. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** The status of an answer, 0 if the connection was closed without one, and the answer itself. */
    record Answer(int status, String text) {
        boolean closes() {
            return text.toLowerCase(Locale.ROOT).contains("connection: close");
        }
    }

    /** A POST with everything that it must have. */
    static String post(String path, String body, String... headers) {
        StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    /** The head of a POST whose body comes later, or never. */
    static String head(String path, String mediaType, long length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + mediaType + "\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends no more. */
    RawClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads one answer. */
    Answer answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new Answer(0, head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        String text = head.toString(ISO_8859_1);
        byte[] body = in.readNBytes(lengthIn(text));
        return new Answer(Integer.parseInt(text.substring(9, 12)), text + new String(body, ISO_8859_1));
    }

    /** Whether the other side has closed, which is waited for. */
    boolean isClosed() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static int lengthIn(String head) {
        String[] parts = head.toLowerCase(Locale.ROOT).split("content-length: ", 2);
        return parts.length < 2 ? 0 : Integer.parseInt(parts[1].split("\r\n", 2)[0]);
    }
}
