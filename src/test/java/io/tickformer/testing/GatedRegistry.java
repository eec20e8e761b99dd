package io.tickformer.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tickformer.process.RegistryProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A gate before a real registry, as a proxy is in many a place: it speaks TLS, lets in who sends
 * the right {@code Authorization}, and asks for a client's certificate if told to.
 */
public final class GatedRegistry implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;

    private final RegistryProcess registry;
    private final String authorization;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;

    /**
     * Opens the gate.
     *
     * @param authorization the header that lets in
     * @param asksForCertificate whether a client must show a certificate of the authority
     */
    public GatedRegistry(
            RegistryProcess registry,
            Certificates certificates,
            String authorization,
            boolean asksForCertificate)
            throws IOException, GeneralSecurityException {
        this.registry = registry;
        this.authorization = authorization;
        SSLContext context = certificates.serverContext();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(asksForCertificate);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** Address of the Confluent-compatible interface, with the host given. */
    public String url(String host) {
        return "https://%s:%d%s"
                .formatted(
                        host, server.getAddress().getPort(), URI.create(registry.url()).getPath());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(UNAUTHORIZED, -1);
                return;
            }
            URI target = URI.create(registry.url()).resolve(exchange.getRequestURI());
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(target)
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(body));
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null) {
                request.header("Content-Type", type);
            }
            HttpResponse<byte[]> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
