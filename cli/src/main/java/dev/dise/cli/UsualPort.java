package dev.dise.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Which port to take: the one that was named, else the usual one if it is free, else any. */
final class UsualPort {
    private UsualPort() {}

    static int or(@Nullable Integer named, int usual) {
        if (named != null) {
            return named;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), usual));
            return usual;
        } catch (IOException e) {
            // Somebody has it, perhaps another stack: any free one will do, and it is printed.
            return 0;
        }
    }
}
