package io.tickformer.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tickformer.kafka.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SchemaRegistryClientTest {
    private record Answer(int status, String body) {}

    /** Moves when told. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final HandClock clock = new HandClock();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String user = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI().getRawPath()
                        + (body.isEmpty() ? "" : " " + body)
                        + (user == null ? "" : " " + user));
        Answer answer = answers.remove();
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private SchemaRegistryClient client(String credentials) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
        return new SchemaRegistryClient(
                new RegistrySettings(
                        url,
                        Duration.ofSeconds(5),
                        3,
                        Duration.ZERO,
                        RegistryAccess.of(credentials)),
                clock);
    }

    private static Answer schema() {
        return new Answer(
                200,
                new JsonMapper()
                        .createObjectNode()
                        .put("schema", Schemas.observation().toString())
                        .toString());
    }

    @Test
    void aSchemaIsAskedForOnceAndKept() throws Exception {
        answers.add(schema());
        SchemaRegistryClient client = client("");
        assertThat(client.schema(12)).isEqualTo(Schemas.observation());
        assertThat(client.schema(12)).isEqualTo(Schemas.observation());
        assertThat(requests).containsExactly("GET /api/schemas/ids/12");
    }

    @Test
    void anUnknownIdIsAskedForAgainOnlyAfterTenSeconds() throws Exception {
        answers.add(new Answer(404, "{\"error_code\":40403}"));
        SchemaRegistryClient client = client("");
        assertThatThrownBy(() -> client.schema(9)).isInstanceOf(UnknownSchemaException.class);
        clock.now = clock.now.plusSeconds(9);
        assertThatThrownBy(() -> client.schema(9)).isInstanceOf(UnknownSchemaException.class);
        assertThat(requests).hasSize(1);
        clock.now = clock.now.plusSeconds(1);
        answers.add(schema());
        assertThat(client.schema(9)).isEqualTo(Schemas.observation());
    }

    @Test
    void aSchemaThatIsNoAvroIsUnknownAndNoFaultOfTheRegistry() {
        answers.add(new Answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = x\"}"));
        answers.add(
                new Answer(
                        200,
                        "{\"schemaType\":\"JSON\",\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"}"));
        SchemaRegistryClient client = client("");
        for (int id = 1; id <= 2; id++) {
            int asked = id;
            assertThatThrownBy(() -> client.schema(asked))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("no Avro schema with id");
            assertThatThrownBy(() -> client.schema(asked))
                    .isInstanceOf(UnknownSchemaException.class);
        }
        assertThat(requests).hasSize(2);
    }

    @Test
    void aSchemaThatRefersToOthersIsReadWithThem() throws Exception {
        answers.add(
                withReference(
                        "{'type':'record','name':'R','fields':[{'name':'a','type':'B'}]}", "b"));
        answers.add(
                withReference(
                        "{'type':'record','name':'B','fields':[{'name':'c','type':'C'}]}", "c d"));
        answers.add(
                new Answer(
                        200,
                        "{\"schema\":\"{\\\"type\\\":\\\"enum\\\",\\\"name\\\":\\\"C\\\",\\\"symbols\\\":[\\\"X\\\"]}\"}"));
        Schema read = client("").schema(7);
        assertThat(read.getName()).isEqualTo("R");
        assertThat(read.getField("a").schema().getField("c").schema().getEnumSymbols())
                .containsExactly("X");
        assertThat(requests)
                .containsExactly(
                        "GET /api/schemas/ids/7",
                        "GET /api/subjects/b/versions/3",
                        "GET /api/subjects/c%20d/versions/3");
    }

    private static Answer withReference(String schema, String subject) {
        ObjectNode answer = new JsonMapper().createObjectNode();
        answer.put("schema", schema.replace('\'', '"'));
        answer.putArray("references").addObject().put("subject", subject).put("version", 3);
        return new Answer(200, answer.toString());
    }

    @Test
    void anAddressThatIsNoRegistrysIsAnErrorAndNoUnknownSchema() {
        answers.add(new Answer(404, "<html>not found</html>"));
        answers.add(new Answer(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"));
        SchemaRegistryClient client = client("");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> client.schema(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("status 404");
        }
    }

    @Test
    void aRegistryThatStumblesIsAskedAgain() throws Exception {
        answers.add(new Answer(503, ""));
        answers.add(new Answer(429, ""));
        answers.add(schema());
        assertThat(client("").schema(1)).isEqualTo(Schemas.observation());
    }

    @Test
    void aRegistryThatStaysDownIsAnErrorThatSaysWhatWasAskedOfWhom() {
        for (int attempt = 0; attempt < 3; attempt++) {
            answers.add(new Answer(503, ""));
        }
        SchemaRegistryClient client = client("");
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "the schema registry did not answer GET http://127.0.0.1:%d/api/schemas/ids/1"
                                + " after 3 attempts (status 503); is it running there?",
                        server.getAddress().getPort());
    }

    @Test
    void aRegistryThatIsNotThereIsAnError() {
        SchemaRegistryClient client = client("");
        server.stop(0);
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("after 3 attempts");
    }

    @Test
    void aSchemaIsRegisteredUnderItsSubject() throws Exception {
        answers.add(new Answer(200, "{\"id\":77}"));
        SchemaRegistryClient client = client("me:secret");
        assertThat(client.register("my topic-value", Schemas.observation())).isEqualTo(77);
        assertThat(client.schema(77)).isEqualTo(Schemas.observation());
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0))
                .startsWith("POST /api/subjects/my%20topic-value/versions {\"schema\":\"{")
                .endsWith("Basic bWU6c2VjcmV0");
    }

    @Test
    void anIncompatibleSchemaIsAnErrorThatNamesTheSubject() {
        answers.add(new Answer(409, "{\"message\":\"no\"}"));
        SchemaRegistryClient client = client("");
        assertThatThrownBy(() -> client.register("out-value", Schemas.forecast()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "rejects io.tickformer.Forecast as incompatible with subject out-value");
    }

    @Test
    void anAnswerThatIsNoneIsAnError() {
        answers.add(new Answer(200, "<html>"));
        answers.add(new Answer(200, "{}"));
        answers.add(new Answer(401, "who are you"));
        answers.add(new Answer(200, "{}"));
        SchemaRegistryClient client = client("");
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("answered without a schema");
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("status 401; check registry.credentials or registry.token");
        assertThatThrownBy(() -> client.register("s", Schemas.forecast()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("answered without an id");
    }
}
