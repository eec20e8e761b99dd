package io.tickformer.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tickformer.annotation.Internal;
import io.tickformer.kafka.ErrorText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.Schema;

/**
 * Asks a schema registry what it is, and whether it would accept a schema. It registers nothing.
 */
@Internal
public final class RegistryProbe {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int REDIRECT = 300;
    private static final String APICURIO = "/apis/";

    private final RegistrySettings settings;
    private final SchemaRegistryClient client;

    /**
     * A schema registry.
     *
     * @param product its name and version, as far as it tells
     * @param compatibility its rule for new versions of a schema, such as {@code BACKWARD}; empty
     *     if it does not tell
     * @param subjects number of subjects
     */
    public record Registry(String product, String compatibility, int subjects) {}

    /** The answer of a registry to a schema. */
    public enum Acceptance {
        /** The subject has no schema yet. */
        FIRST,
        COMPATIBLE,
        INCOMPATIBLE,
        /** The registry does not tell. */
        UNKNOWN
    }

    /** Sends each request once, with the given timeout. */
    public RegistryProbe(RegistrySettings settings, Duration timeout) {
        this.settings =
                new RegistrySettings(
                        settings.url(), timeout, 1, settings.pause(), settings.access());
        this.client = new SchemaRegistryClient(this.settings);
    }

    /**
     * Describes the registry.
     *
     * @throws RegistryException if it does not answer, or the answer is not that of a registry
     */
    public Registry describe() throws RegistryException {
        HttpResponse<String> response = client.ask("/subjects", null);
        JsonNode subjects = json(response);
        if (response.statusCode() != OK || !subjects.isArray()) {
            throw new RegistryException(
                    "GET %s is not answered as by a schema registry, but with status %d and %s"
                            .formatted(
                                    response.uri(),
                                    response.statusCode(),
                                    response.body().isBlank()
                                            ? "no text"
                                            : ErrorText.shorten(
                                                    response.body()
                                                            .strip()
                                                            .replaceAll("\\s+", " "))));
        }
        return new Registry(product(), compatibility(), subjects.size());
    }

    private String product() {
        URI url = settings.url();
        int apis = url.getPath().indexOf(APICURIO);
        if (apis >= 0) {
            URI root =
                    URI.create(
                            "%s://%s%s"
                                    .formatted(
                                            url.getScheme(),
                                            url.getAuthority(),
                                            url.getPath().substring(0, apis)));
            JsonNode info =
                    quietly(
                            new SchemaRegistryClient(
                                    new RegistrySettings(
                                            root,
                                            settings.timeout(),
                                            1,
                                            settings.pause(),
                                            settings.access())),
                            "/apis/registry/v3/system/info");
            return named(info.path("name").asText("Apicurio Registry"), info);
        }
        JsonNode version = quietly(client, "/v1/metadata/version");
        return version.isObject()
                ? named("Confluent Schema Registry", version)
                : "a registry with a Confluent-compatible API";
    }

    private static String named(String name, JsonNode info) {
        String version = info.path("version").asText("");
        return version.isEmpty() ? name : name + " " + version;
    }

    private String compatibility() {
        JsonNode config = quietly(client, "/config");
        return config.path("compatibilityLevel").asText(config.path("compatibility").asText(""));
    }

    /** Asks whether the registry would accept a schema as the next version of a topic's values. */
    public Acceptance accepts(String topic, Schema schema) {
        String subject =
                URLEncoder.encode(topic + "-value", StandardCharsets.UTF_8).replace("+", "%20");
        String body = MAPPER.createObjectNode().put("schema", schema.toString()).toString();
        try {
            HttpResponse<String> response =
                    client.ask("/compatibility/subjects/" + subject + "/versions/latest", body);
            JsonNode compatible = json(response).path("is_compatible");
            if (compatible.isBoolean()) {
                return compatible.asBoolean() ? Acceptance.COMPATIBLE : Acceptance.INCOMPATIBLE;
            }
            return response.statusCode() == NOT_FOUND ? Acceptance.FIRST : Acceptance.UNKNOWN;
        } catch (RegistryException e) {
            return Acceptance.UNKNOWN;
        }
    }

    /** The answer to a request, or a missing node if there is none. */
    private static JsonNode quietly(SchemaRegistryClient client, String path) {
        try {
            HttpResponse<String> response = client.ask(path, null);
            return response.statusCode() < REDIRECT ? json(response) : MissingNode.getInstance();
        } catch (RegistryException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
