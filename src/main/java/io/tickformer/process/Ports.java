package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
@Internal
public final class Ports {
    private static final int CONNECT_MILLIS = 200;
    private static final int ATTEMPTS = 1000;
    private static final int LOWEST = 10_000;

    /** First port that Linux gives to outgoing connections; other systems begin higher. */
    private static final int LOWEST_EPHEMERAL = 32_768;

    private Ports() {}

    /**
     * Returns a port that is free now, outside of the range from which the system gives ports to
     * outgoing connections. So no outgoing connection takes it before a server listens there, or
     * while the server restarts.
     */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new UserError(
                "no port from %d to %d is free on this machine"
                        .formatted(LOWEST, LOWEST_EPHEMERAL - 1));
    }

    /**
     * Returns the given port, or a free one for 0.
     *
     * @throws UserError if the port is in use
     */
    public static int claim(int port, String purpose) {
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw new UserError(
                    "port %d for the %s is in use; free it or choose another (0: any free one)"
                            .formatted(port, purpose));
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something accepts connections at the port. */
    public static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
