package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Lets Kafka's clients resolve {@link SecretReferences} in their properties, each client in its own
 * process. So the job that is shipped contains the reference and not the secret. Kafka's own
 * providers leave a reference that cannot be resolved unchanged, and the client would use it as the
 * password.
 */
@Internal
public abstract class SecretReferenceProvider implements ConfigProvider {
    private static final String PROVIDERS = "config.providers";

    private final UnaryOperator<String> lookup;

    SecretReferenceProvider(UnaryOperator<String> lookup) {
        this.lookup = lookup;
    }

    /**
     * Adds the providers to properties that contain references, unless {@code config.providers} is
     * set already.
     */
    static void addTo(Properties properties) {
        boolean refer =
                properties.values().stream().anyMatch(v -> SecretReferences.areIn((String) v));
        if (refer && !properties.containsKey(PROVIDERS)) {
            properties.setProperty(PROVIDERS, "env,file");
            properties.setProperty(PROVIDERS + ".env.class", OfVariables.class.getName());
            properties.setProperty(PROVIDERS + ".file.class", OfFiles.class.getName());
        }
    }

    @Override
    public final ConfigData get(String path) {
        return get(path, Set.of());
    }

    /** Kafka splits a reference at its first colon into a path and a key. */
    @Override
    public final ConfigData get(String path, Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String key : keys) {
            values.put(key, lookup.apply(path == null || path.isEmpty() ? key : path + ':' + key));
        }
        return new ConfigData(values);
    }

    @Override
    public final void configure(Map<String, ?> properties) {}

    @Override
    public final void close() {}

    /** Resolves {@code ${env:NAME}}. Kafka instantiates it by class name. */
    public static final class OfVariables extends SecretReferenceProvider {
        public OfVariables() {
            super(SecretReferences::variable);
        }
    }

    /** Resolves {@code ${file:PATH}}. Kafka instantiates it by class name. */
    public static final class OfFiles extends SecretReferenceProvider {
        public OfFiles() {
            super(SecretReferences::file);
        }
    }
}
