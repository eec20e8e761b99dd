package io.tickformer.testing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkSessionJob;

/** Reads resources by the classes of the API that takes them, and no field that these lack. */
public final class KubernetesClasses {
    /** The newest version of Flink that the operator's classes know, in place of a newer one. */
    private static final String KNOWN_FLINK = "v1_20";

    private static final Map<String, Class<?>> CLASSES = new TreeMap<>();

    static {
        CLASSES.put("v1 ConfigMap", ConfigMap.class);
        CLASSES.put("v1 Namespace", Namespace.class);
        CLASSES.put("v1 PersistentVolumeClaim", PersistentVolumeClaim.class);
        CLASSES.put("v1 Service", Service.class);
        CLASSES.put("v1 ServiceAccount", ServiceAccount.class);
        CLASSES.put("apps/v1 Deployment", Deployment.class);
        CLASSES.put("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);
        CLASSES.put("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);
        CLASSES.put("rbac.authorization.k8s.io/v1 Role", Role.class);
        CLASSES.put("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);
        CLASSES.put("flink.apache.org/v1beta1 FlinkDeployment", FlinkDeployment.class);
        CLASSES.put("flink.apache.org/v1beta1 FlinkSessionJob", FlinkSessionJob.class);
        CLASSES.put("kafka.strimzi.io/v1 Kafka", Kafka.class);
        CLASSES.put("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class);
        CLASSES.put("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class);
    }

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(new NoOtherFields())
                    .build();

    private KubernetesClasses() {}

    /**
     * Reads a resource.
     *
     * @throws JsonProcessingException if it has a field that its class lacks, or a value that is
     *     none of the field
     */
    public static Object read(JsonNode resource) throws JsonProcessingException {
        String kind = resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
        Class<?> type = CLASSES.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("no class for " + kind);
        }
        return STRICT.treeToValue(ofKnownFlink(resource), type);
    }

    /** The resource as an operator knows it that is older than the Flink that it asks for. */
    static JsonNode ofKnownFlink(JsonNode resource) {
        JsonNode copy = resource.deepCopy();
        if (copy.path("spec").has("flinkVersion")) {
            ((ObjectNode) copy.get("spec")).put("flinkVersion", KNOWN_FLINK);
        }
        return copy;
    }

    /** Most of these classes keep what they do not know in a map, and the others ignore it. */
    private static final class NoOtherFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(
                MapperConfig<?> config, Annotated type) {
            return super.findPropertyIgnoralByName(config, type).withoutIgnoreUnknown();
        }
    }
}
