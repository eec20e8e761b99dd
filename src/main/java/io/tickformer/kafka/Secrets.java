package io.tickformer.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which properties of Kafka's clients are secret, and how settings are shown without them. */
public final class Secrets {
    /** Stands where a secret would. */
    public static final String HIDDEN = "[hidden]";

    private static final Pattern USER_OF_URL = Pattern.compile("(?<=//).*@");

    /** Of properties that Kafka does not know, those of other libraries in its clients. */
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "pass|secret|token|jaas|credential|basic\\.auth|api.?key|access.?key|private",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<String, ConfigDef.Type> KNOWN = known();

    private Secrets() {}

    private static Map<String, ConfigDef.Type> known() {
        Map<String, ConfigDef.Type> types = new TreeMap<>();
        AdminClientConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        ConsumerConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        ProducerConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        return types;
    }

    /** Whether a property of Kafka's clients is secret: Kafka says so, or its name does. */
    public static boolean isSecret(String property) {
        ConfigDef.Type type = KNOWN.get(property);
        return type == null ? looksSecret(property) : type == ConfigDef.Type.PASSWORD;
    }

    /** Whether a name says that what it names is secret. */
    public static boolean looksSecret(String name) {
        return LOOKS_SECRET.matcher(name).find();
    }

    /** Properties as they may be shown. */
    public static Map<String, String> shown(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((name, value) -> isSecret(name) ? HIDDEN : value);
        return shown;
    }

    /** A text as it may be shown where an address in it may hold a user and a password. */
    public static String withoutUser(String text) {
        return USER_OF_URL.matcher(text).replaceAll(HIDDEN + "@");
    }
}
