package io.tickformer.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tickformer.cli.PageAssets;
import io.tickformer.cli.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The live page, for this machine only: it binds the loopback interface, answers only requests that
 * name it so (a foreign page cannot read it through a name of its own) and only reads. Everything
 * the page needs comes from here.
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

    private static final Map<String, Asset> ASSETS =
            Map.of(
                    "/", new Asset(PAGE + "index.html", HTML),
                    "/live.js", new Asset(PAGE + "live.js", SCRIPT),
                    "/live.css", new Asset(PAGE + "live.css", STYLE),
                    "/uplot.js", new Asset(PageAssets.PLOT_SCRIPT, SCRIPT),
                    "/uplot.css", new Asset(PageAssets.PLOT_STYLE, STYLE));

    private final LiveState state;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Starts to answer.
     *
     * @param port port to listen on, 0 for a free one
     * @throws UserError if the port is in use
     */
    LiveServer(int port, LiveState state) throws IOException {
        this.state = state;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new UserError(
                    "port %d for the live page is in use; free it or choose another with --port (0: any free one)"
                            .formatted(port),
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
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
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
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private boolean isOurs(String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
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
