package io.tickformer.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tickformer.console.PageAssets;
import io.tickformer.console.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Serves the live page, by default to this machine only. It binds the loopback interface and
 * answers only requests whose host is this machine, so that no foreign page can read it through DNS
 * rebinding. It only reads. All assets come from this server; the content security policy forbids
 * any other source.
 */
final class LiveServer implements AutoCloseable {
    private static final String PAGE = "/io/tickformer/cli/demo/";
    private static final int THREADS = 4;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String JSON = "application/json";

    /** The content security policy: load from this server only, and no embedding in other pages. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** An IP address, which no foreign DNS name can imitate. */
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|\\[[0-9a-fA-F:.]+]");

    private static final Map<String, Asset> ASSETS =
            Map.of(
                    "/", new Asset(PAGE + "index.html", HTML),
                    "/live.js", new Asset(PAGE + "live.js", SCRIPT),
                    "/live.css", new Asset(PAGE + "live.css", STYLE),
                    "/uplot.js", new Asset(PageAssets.PLOT_SCRIPT, SCRIPT),
                    "/uplot.css", new Asset(PageAssets.PLOT_STYLE, STYLE));

    private final LiveState state;
    private final InetAddress interfaceAddress;
    private final String host;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Starts the server.
     *
     * @param host name or address of the interface to listen on
     * @param port port to listen on; 0 for any free port
     * @throws UserError if there is no such interface or the port is in use
     */
    LiveServer(String host, int port, LiveState state) throws IOException {
        this.state = state;
        this.host = host;
        this.interfaceAddress = address(host);
        try {
            server = HttpServer.create(new InetSocketAddress(interfaceAddress, port), 0);
        } catch (BindException e) {
            throw new UserError(
                    ("port %d for the live page is in use; free it or choose another with --port"
                                    + " (0: any free one)%s")
                            .formatted(
                                    port,
                                    interfaceAddress.isLoopbackAddress()
                                            ? ""
                                            : "; or this machine has no address " + host),
                    e);
        }
        threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        task -> {
                            Thread thread = new Thread(task, "live-page");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Address of the page. */
    String url() {
        boolean here = interfaceAddress.isLoopbackAddress() || interfaceAddress.isAnyLocalAddress();
        return "http://%s:%d/".formatted(here ? "127.0.0.1" : host, server.getAddress().getPort());
    }

    private static InetAddress address(String host) {
        try {
            return host.equals("localhost")
                    ? InetAddress.getLoopbackAddress()
                    : InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UserError(
                    "--host is %s; expected a name or an address of this machine".formatted(host),
                    e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, FORBIDDEN, "text/plain", bytes("this page is for this machine"));
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, WRONG_METHOD, "text/plain", bytes("only GET"));
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/api/overview")) {
                send(exchange, OK, JSON, bytes(state.overview()));
            } else if (path.equals("/api/plot")) {
                plot(exchange);
            } else {
                asset(exchange, ASSETS.get(path));
            }
        }
    }

    private void plot(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String json = state.plot(parameter(query, "series"), number(parameter(query, "lead")));
        if (json == null) {
            send(exchange, NOT_FOUND, "text/plain", bytes("no such series"));
        } else {
            send(exchange, OK, JSON, bytes(json));
        }
    }

    private static void asset(HttpExchange exchange, Asset asset) throws IOException {
        if (asset == null) {
            send(exchange, NOT_FOUND, "text/plain", bytes("no such page"));
            return;
        }
        try (InputStream in = LiveServer.class.getResourceAsStream(asset.resource())) {
            if (in == null) {
                throw new IOException(asset.resource() + " is not on the class path");
            }
            send(exchange, OK, asset.type(), in.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Whether the host of a request is this server. */
    private boolean isOurs(String asked) {
        String end = ":" + server.getAddress().getPort();
        if (asked == null || !asked.endsWith(end)) {
            return false;
        }
        String name = asked.substring(0, asked.length() - end.length());
        if (name.equals("127.0.0.1") || name.equals("localhost")) {
            return true;
        }
        return !interfaceAddress.isLoopbackAddress()
                && (name.equalsIgnoreCase(host) || ADDRESS.matcher(name).matches());
    }

    private static String parameter(String query, String name) {
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(
                            pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A file of the page on the class path. */
    private record Asset(String resource, String type) {}
}
