package io.tickformer.cli.process;

import io.tickformer.cli.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of the loopback interface. */
public final class Ports {
    private static final int CONNECT_MILLIS = 200;

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
     * The port asked for, or a free one where 0 is asked for.
     *
     * @throws UserError if the port is in use
     */
    public static int claim(int port, String purpose) {
        if (port == 0) {
            return free();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new UserError(
                    "port %d for the %s is in use; free it or choose another (0: any free one)"
                            .formatted(port, purpose),
                    e);
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
