package io.tickformer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * The schema that the Flink Kubernetes operator installs for one of its kinds, and the rules of it
 * that the API server of Kubernetes holds a resource to.
 */
public final class OperatorSchema {
    private final JsonNode root;

    private OperatorSchema(JsonNode root) {
        this.root = root;
    }

    /** The schema of a kind, such as {@code FlinkDeployment}. */
    public static OperatorSchema of(String kind) throws IOException {
        String file =
                "/META-INF/fabric8/%ss.flink.apache.org-v1.yml"
                        .formatted(kind.toLowerCase(Locale.ROOT));
        try (InputStream in = FlinkDeployment.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("the operator has no " + file);
            }
            JsonNode definition =
                    Manifests.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).get(0);
            return new OperatorSchema(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
        }
    }

    /** What does not fit: one line each, empty if the resource is right. */
    public List<String> objections(JsonNode resource) {
        List<String> objections = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part :
                KubernetesClasses.ofKnownFlink(resource).properties()) {
            // The API server knows these of every kind.
            if (!List.of("apiVersion", "kind", "metadata").contains(part.getKey())) {
                JsonNode schema = root.path("properties").path(part.getKey());
                check(part.getKey(), part.getValue(), schema, objections);
            }
        }
        return objections;
    }

    private void check(String path, JsonNode value, JsonNode schema, List<String> objections) {
        if (schema.isMissingNode()) {
            objections.add(path + " is no field");
        } else if (!isOfType(value, schema)) {
            objections.add("%s is %s; expected %s".formatted(path, value, schema.get("type")));
        } else if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            objections.add("%s is %s; expected %s".formatted(path, value, schema.get("enum")));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "/" + i, value.get(i), schema.path("items"), objections);
            }
        } else if (value.isObject()
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            JsonNode others = schema.path("additionalProperties");
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode own = schema.path("properties").path(field.getKey());
                check(
                        path + "/" + field.getKey(),
                        field.getValue(),
                        own.isMissingNode() ? others : own,
                        objections);
            }
        }
    }

    private static boolean isOfType(JsonNode value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isInt() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
