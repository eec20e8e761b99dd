package io.tickformer.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries that misbehave: each is an error of the registry, and no record is blamed for it. */
@Timeout(120)
final class SchemaRegistryFaultsTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** What the server does with a request. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private SchemaRegistryClient client(Duration timeout, Behaviour behaviour) {
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    behaviour.answer(exchange);
                    exchange.close();
                });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new SchemaRegistryClient(
                new RegistrySettings(
                        url, timeout, 2, Duration.ZERO, RegistryAccess.of("user:word")));
    }

    @Test
    void anAnswerThatTricklesInIsGivenUpAndAskedForAgain() {
        CountDownLatch never = new CountDownLatch(1);
        SchemaRegistryClient client =
                client(
                        Duration.ofMillis(300),
                        exchange -> {
                            exchange.sendResponseHeaders(200, 1000);
                            exchange.getResponseBody().write('{');
                            exchange.getResponseBody().flush();
                            await(never);
                        });
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("after 2 attempts")
                .hasMessageContaining("no complete response within 300 ms");
        assertThat(requests).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            // The test is over.
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOffBeforeItFillsTheMemory() {
        byte[] part = new byte[1 << 20];
        SchemaRegistryClient client =
                client(
                        Duration.ofSeconds(50),
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            OutputStream body = exchange.getResponseBody();
                            for (int megabyte = 0; megabyte < 4000; megabyte++) {
                                body.write(part);
                            }
                        });
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("its response is larger than 16777216 bytes");
    }

    @Test
    void aRedirectIsNotFollowedWithTheCredentialsAndSaysWhereItLeads() {
        SchemaRegistryClient client =
                client(
                        Duration.ofSeconds(50),
                        exchange -> {
                            exchange.getResponseHeaders().add("Location", "http://127.0.0.2/there");
                            exchange.sendResponseHeaders(302, -1);
                        });
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("status 302 (it points to http://127.0.0.2/there");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aConnectionThatBreaksIsAnErrorOfTheRegistry() {
        SchemaRegistryClient client =
                client(
                        Duration.ofSeconds(50),
                        exchange -> {
                            exchange.sendResponseHeaders(200, 1000);
                            exchange.getResponseBody().write('{');
                        });
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("after 2 attempts");
    }

    /** What a reference leads to can be deleted; then no record of the schema is ever read. */
    @Test
    void aSchemaThatRefersToWhatIsNotThereIsUnknownAndSaysWhatLacks() {
        SchemaRegistryClient client =
                client(
                        Duration.ofSeconds(50),
                        exchange -> {
                            boolean first =
                                    exchange.getRequestURI().getPath().startsWith("/schemas");
                            byte[] body =
                                    (first
                                                    ? "{\"schema\":\"\\\"long\\\"\",\"references\":[{\"subject\":\"gone\",\"version\":2}]}"
                                                    : "{\"error_code\":40401}")
                                            .getBytes(UTF_8);
                            exchange.sendResponseHeaders(first ? 200 : 404, body.length);
                            exchange.getResponseBody().write(body);
                        });
        assertThatThrownBy(() -> client.schema(7))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage(
                        "schema 7 references version 2 of gone, which the schema registry does not have");
    }
}
