package io.tickformer.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tickformer.testing.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are away, hang, or are something else than what the settings take them for. */
@Timeout(120)
final class SilentServersTest {
    private ServerSocket silent;
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        // Accepts connections, as the system does so without this process, and says nothing.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
        http.stop(0);
    }

    private void answer(String path, int status, String text) {
        http.createContext(
                path,
                exchange -> {
                    byte[] body = text.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Test
    void aPortThatAcceptsAndSaysNothingIsAProblemOfEachServerWithinTheTimeout() {
        String place = "127.0.0.1:" + silent.getLocalPort();

        CommandRun run =
                CommandRun.of(
                        "doctor",
                        "--timeout=300ms",
                        "--kafka.bootstrap-servers=" + place,
                        "--registry.url=http://" + place,
                        "--cluster=http://" + place);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("problem +brokers .*" + place + ": Timed out")
                .containsPattern("problem +registry .*/subjects after 1 attempt \\(.*300 ms\\)")
                .containsPattern("problem +cluster .*/config had no answer within 300 ms")
                .contains("3 problems")
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void aRegistryThatAnswersWithAPageIsAProblemThatShowsItsBeginning() throws Exception {
        answer("/", 200, "<!doctype html>\n<html><body>Welcome</body></html>");

        List<Finding> found =
                Examined.by(new RegistryCheck(), Examined.of("--registry.url=" + url()));

        assertThat(found)
                .extracting(Finding::status)
                .containsExactly(Status.PROBLEM, Status.SKIPPED);
        assertThat(found.get(0).seen())
                .contains("not answered as by a schema registry", "<!doctype html> <html>");
        assertThat(found.get(0).advice()).contains("/apis/ccompat/v7");
    }

    @Test
    void aRegistryAtAnotherPathIsAProblem() throws Exception {
        answer("/", 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");

        Finding found =
                Examined.by(new RegistryCheck(), Examined.of("--registry.url=" + url())).get(0);

        assertThat(found.status()).isEqualTo(Status.PROBLEM);
        assertThat(found.seen()).contains("status 404");
    }

    @Test
    void aRegistryThatWantsAnotherPasswordIsAProblem() throws Exception {
        answer("/", 401, "");

        Finding found =
                Examined.by(new RegistryCheck(), Examined.of("--registry.url=" + url())).get(0);

        assertThat(found.seen()).contains("status 401; check registry.credentials");
    }

    @Test
    void aRegistryOfConfluentIsNamedAndSaysWhichSchemaItWouldReject() throws Exception {
        answer("/subjects", 200, "[\"a-value\"]");
        answer("/v1/metadata/version", 200, "{\"version\":\"7.9.0\",\"commitId\":\"1\"}");
        answer("/config", 200, "{\"compatibilityLevel\":\"FULL\"}");
        answer("/compatibility/", 404, "{\"error_code\":40401,\"message\":\"none\"}");
        answer(
                "/compatibility/subjects/forecasts-value/versions/latest",
                200,
                "{\"is_compatible\":false}");

        List<Finding> found =
                Examined.by(new RegistryCheck(), Examined.of("--registry.url=" + url()));

        assertThat(found).hasSize(2);
        assertThat(found.get(0))
                .returns(Status.OK, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .endsWith(
                        "Confluent Schema Registry 7.9.0 with 1 subject; compatibility rule FULL");
        assertThat(found.get(1))
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("sink.topic", "forecasts-value");
    }

    @Test
    void avroWithoutARegistryIsAProblemWhereThereIsABroker() throws Exception {
        Finding found =
                Examined.by(
                                new RegistryCheck(),
                                Examined.of(
                                        "--kafka.bootstrap-servers=localhost:1",
                                        "--sink.format=json"))
                        .get(0);

        assertThat(found)
                .returns(Status.PROBLEM, Finding::status)
                .extracting(Finding::seen)
                .asString()
                .startsWith("registry.url is not set, and source.format is avro");
    }
}
