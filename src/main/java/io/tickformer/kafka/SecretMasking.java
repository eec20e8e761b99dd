package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Knows which properties of Kafka's clients are secret, and hides them in texts. */
@Internal
public final class SecretMasking {
    /** Shown in place of a secret. */
    public static final String HIDDEN = "[hidden]";

    private static final Pattern USER_OF_URL = Pattern.compile("(?<=//).*@");

    /** Names of secret properties that Kafka itself does not know, those of plugins for example. */
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "pass|secret|token|jaas|credential|basic\\.auth|api.?key|access.?key|private",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<String, ConfigDef.Type> KNOWN = known();

    private SecretMasking() {}

    private static Map<String, ConfigDef.Type> known() {
        Map<String, ConfigDef.Type> types = new TreeMap<>();
        AdminClientConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        ConsumerConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        ProducerConfig.configDef().configKeys().forEach((key, of) -> types.put(key, of.type()));
        return types;
    }

    /** Returns whether a client property is secret, by its type in Kafka or else by its name. */
    public static boolean isSecret(String property) {
        ConfigDef.Type type = KNOWN.get(property);
        return type == null ? looksSecret(property) : type == ConfigDef.Type.PASSWORD;
    }

    /** Whether a name says that what it names is secret. */
    public static boolean looksSecret(String name) {
        return LOOKS_SECRET.matcher(name).find();
    }

    /** The properties, with secrets hidden. */
    public static Map<String, String> shown(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((name, value) -> isSecret(name) ? HIDDEN : value);
        return shown;
    }

    /** The text, with user and password in URLs hidden. */
    public static String withoutUser(String text) {
        return USER_OF_URL.matcher(text).replaceAll(HIDDEN + "@");
    }
}
