package io.tickformer.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.kafka.ConnectionAdvice;
import io.tickformer.kafka.ErrorText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;

/**
 * A client of a schema registry with a Confluent-compatible API: fetches schemas by id, together
 * with the schemas they reference, and registers schemas.
 *
 * <p>Schemas are immutable, so they are cached forever. An unknown id is cached for ten seconds
 * only, as the schema may be registered later, and the number of cached ids is limited, as any
 * producer can invent ids. A failed request is retried with growing pauses. After the last attempt
 * it is a {@link RegistryException}, which fails the job: the record is not to blame. Not
 * thread-safe.
 */
@Internal
public final class SchemaRegistryClient {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    private static final int UNKNOWN_AT_MOST = 1000;
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RegistrySettings settings;
    private final Clock clock;
    private HttpClient http;
    private String authorization;
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<Integer, Instant> unknown = new LinkedHashMap<>();

    public SchemaRegistryClient(RegistrySettings settings) {
        this(settings, Clock.systemUTC());
    }

    SchemaRegistryClient(RegistrySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns the schema with the given id.
     *
     * @throws UnknownSchemaException if the registry has no such schema, or it is not an Avro
     *     schema
     * @throws RegistryException if the request fails
     */
    public Schema schema(int id) throws UnknownSchemaException, RegistryException {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Instant now = clock.instant();
        Instant missed = unknown.get(id);
        if (missed != null && now.isBefore(missed.plus(UNKNOWN_FOR))) {
            throw new UnknownSchemaException(id);
        }
        HttpRequest request = request("/schemas/ids/" + id).GET().build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() == NOT_FOUND && saysThatThereIsNone(response)) {
            rememberUnknown(id, now);
            throw new UnknownSchemaException(id);
        }
        List<String> texts = new ArrayList<>();
        try {
            collect(id, request, response, texts, new HashSet<>());
            Schema schema = RegisteredSchema.parse(id, texts);
            schemas.put(id, schema);
            return schema;
        } catch (UnknownSchemaException e) {
            rememberUnknown(id, now);
            throw e;
        }
    }

    /** Adds the schema in a response, after the schemas that it references, each of them once. */
    private void collect(
            int id,
            HttpRequest request,
            HttpResponse<String> response,
            List<String> texts,
            Set<String> collected)
            throws RegistryException, UnknownSchemaException {
        RegisteredSchema schema =
                RegisteredSchema.of(answer(request, response))
                        .orElseThrow(() -> without("a schema", request, response));
        for (RegisteredSchema.Reference reference : schema.references()) {
            String path =
                    "/subjects/%s/versions/%d"
                            .formatted(encoded(reference.subject()), reference.version());
            if (collected.add(path)) {
                HttpRequest next = request(path).GET().build();
                HttpResponse<String> found = send(next);
                if (found.statusCode() == NOT_FOUND && saysThatThereIsNone(found)) {
                    throw new UnknownSchemaException(id, reference);
                }
                collect(id, next, found, texts, collected);
            }
        }
        texts.add(schema.text());
    }

    private static RegistryException without(
            String what, HttpRequest request, HttpResponse<String> response) {
        return new RegistryException(
                "%s %s answered without %s: %s"
                        .formatted(
                                request.method(),
                                request.uri(),
                                what,
                                ErrorText.shorten(response.body())));
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Returns whether the response is from a registry, and not from a server at a wrong address.
     */
    private static boolean saysThatThereIsNone(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body()).path("error_code").asInt() / 100 == NOT_FOUND;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * Registers a schema under a subject, unless it is registered already, and returns its id.
     *
     * @throws RegistryException if the request fails, or the schema is incompatible with earlier
     *     versions
     */
    public int register(String subject, Schema schema) throws RegistryException {
        String body = MAPPER.createObjectNode().put("schema", schema.toString()).toString();
        HttpRequest request =
                request("/subjects/" + encoded(subject) + "/versions")
                        .header("Content-Type", CONTENT_TYPE)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() == CONFLICT) {
            throw new RegistryException(
                    "the schema registry at %s rejects %s as incompatible with subject %s: %s"
                            .formatted(
                                    settings.url(),
                                    schema.getFullName(),
                                    subject,
                                    ErrorText.shorten(response.body())));
        }
        JsonNode id = answer(request, response).path("id");
        if (!id.isInt()) {
            throw without("an id", request, response);
        }
        schemas.put(id.intValue(), schema);
        return id.intValue();
    }

    private void rememberUnknown(int id, Instant now) {
        unknown.remove(id);
        unknown.put(id, now);
        if (unknown.size() > UNKNOWN_AT_MOST) {
            Integer eldest = unknown.keySet().iterator().next();
            unknown.remove(eldest);
        }
    }

    /**
     * Checks with a small request whether the registry is reachable and accepts this client.
     *
     * @throws RegistryException if not
     */
    public void check() throws RegistryException {
        HttpRequest request = request("/schemas/types").GET().build();
        requireLetIn(request, send(request));
    }

    /**
     * Sends one request with the retries of this client. The response may have any status.
     *
     * @param path path below the address of the registry
     * @param body JSON to post; null for a GET request
     * @throws RegistryException if there is no response, or the registry rejects this client
     */
    HttpResponse<String> ask(String path, @Nullable String body) throws RegistryException {
        HttpRequest.Builder builder = request(path);
        HttpRequest request =
                body == null
                        ? builder.GET().build()
                        : builder.header("Content-Type", CONTENT_TYPE)
                                .POST(BodyPublishers.ofString(body))
                                .build();
        HttpResponse<String> response = send(request);
        requireLetIn(request, response);
        return response;
    }

    private static void requireLetIn(HttpRequest request, HttpResponse<String> response)
            throws RegistryException {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new RegistryException(
                    "the schema registry answered %s %s with status %d; check registry.credentials or registry.token, and the rights of that user"
                            .formatted(request.method(), request.uri(), status));
        }
    }

    /** Creates the client before the first request. */
    private void connect() throws RegistryException {
        if (http != null) {
            return;
        }
        try {
            authorization = settings.access().authorization().orElse("");
            HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(settings.timeout());
            settings.access().sslContext().ifPresent(builder::sslContext);
            http = builder.build();
        } catch (KafkaException e) {
            throw new RegistryException(
                    "cannot connect to the schema registry at %s: %s"
                            .formatted(settings.url(), e.getMessage()),
                    e);
        }
    }

    private HttpRequest.Builder request(String path) throws RegistryException {
        connect();
        String base = settings.url().toString();
        String stem = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(stem + path))
                        .timeout(settings.timeout())
                        .header("Accept", CONTENT_TYPE + ", application/json");
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        return builder;
    }

    private HttpResponse<String> send(HttpRequest request) throws RegistryException {
        Duration pause = settings.pause();
        for (int attempt = 1; ; attempt++) {
            String failure;
            IOException cause = null;
            try {
                HttpResponse<String> response = exchange(request);
                int status = response.statusCode();
                if (status < SERVER_ERROR && status != TOO_MANY_REQUESTS) {
                    return response;
                }
                failure = "status " + status;
            } catch (SSLException e) {
                // A retry would fail alike.
                throw new RegistryException(
                        "cannot connect to the schema registry at %s: %s"
                                .formatted(
                                        settings.url(), ConnectionAdvice.onTls(e, "registry.ssl.")),
                        e);
            } catch (IOException e) {
                failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                cause = e;
            } catch (InterruptedException e) {
                throw interrupted(request, e);
            }
            if (attempt == settings.attempts()) {
                throw new RegistryException(
                        "the schema registry did not answer %s %s after %s (%s); is it running there%s?"
                                .formatted(
                                        request.method(),
                                        request.uri(),
                                        attempt == 1 ? "1 attempt" : attempt + " attempts",
                                        failure,
                                        mayWantCertificate()
                                                ? ", and does it require a client certificate (registry.ssl.keystore.location)"
                                                : ""),
                        cause);
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                throw interrupted(request, e);
            }
            pause = pause.multipliedBy(2);
        }
    }

    /**
     * The timeout of Java's client covers the headers only: without this one the body could take
     * forever.
     */
    private HttpResponse<String> exchange(HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, head -> new BoundedTextBody(LARGEST_ANSWER));
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "no complete response within %d ms".formatted(settings.timeout().toMillis()),
                    e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Some servers close the connection without a message if there is no client certificate. */
    private boolean mayWantCertificate() {
        return "https".equals(settings.url().getScheme())
                && !settings.access().ssl().containsKey(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    }

    private static RegistryException interrupted(HttpRequest request, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryException("interrupted while waiting for " + request.uri(), e);
    }

    private static JsonNode answer(HttpRequest request, HttpResponse<String> response)
            throws RegistryException {
        requireLetIn(request, response);
        if (response.statusCode() / 100 != 2) {
            String elsewhere =
                    response.headers()
                            .firstValue("Location")
                            .map(" (it points to %s; redirects are not followed)"::formatted)
                            .orElse("");
            throw new RegistryException(
                    "%s %s answered with status %d%s: %s"
                            .formatted(
                                    request.method(),
                                    request.uri(),
                                    response.statusCode(),
                                    elsewhere,
                                    ErrorText.shorten(response.body())));
        }
        try {
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    "the response to %s %s is not JSON; does the address end with the path of a Confluent-compatible API?"
                            .formatted(request.method(), request.uri()),
                    e);
        }
    }
}
