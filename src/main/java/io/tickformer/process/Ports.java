package io.tickformer.process;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class Ports {
    private static final int CONNECT_MILLIS = 200;
    private static final int ATTEMPTS = 1000;
    private static final int LOWEST = 10_000;

    /** Of Linux; other systems begin higher. */
    private static final int LOWEST_EPHEMERAL = 32_768;

    private Ports() {}

    /** A port that is free now. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UserError("no free port on this machine: " + e.getMessage(), e);
        }
    }

    /**
     * A port that is free now, for what may be gone for a while and come back to it. It lies below
     * the range from which the system gives ports to outgoing connections. From that range, a
     * client that goes on calling a port at which nobody listens is one day given this very port,
     * and then talks to itself and holds it.
     */
    public static int lasting() {
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
     * The port asked for, or a free one where 0 is asked for.
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
