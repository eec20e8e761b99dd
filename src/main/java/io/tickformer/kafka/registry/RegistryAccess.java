package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.SecretMasking;
import io.tickformer.kafka.SecretReferenceException;
import io.tickformer.kafka.SecretReferences;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Authentication at a schema registry. {@link SecretReferences} in it are resolved in the process
 * that connects.
 *
 * @param credentials {@code user:password} for HTTP basic authentication, or empty for none
 * @param token for HTTP bearer authentication, or empty for none; at most one of the two
 * @param ssl trust store and key store, by the names of Kafka's clients such as {@code
 *     ssl.truststore.location}; Java's defaults if they are not set
 */
@Internal
public record RegistryAccess(String credentials, String token, Map<String, String> ssl)
        implements Serializable {
    /**
     * A registry without authentication, and with a certificate that Java trusts if it uses https.
     */
    public static final RegistryAccess OPEN = new RegistryAccess("", "", Map.of());

    public RegistryAccess {
        if (!credentials.isEmpty() && !token.isEmpty()) {
            throw new IllegalArgumentException(
                    "the schema registry has both credentials and a token; expected one of them");
        }
        ssl = new TreeMap<>(ssl);
    }

    /** A user and a password, with a colon between them. */
    public static RegistryAccess of(String credentials) {
        return new RegistryAccess(credentials, "", Map.of());
    }

    /**
     * The value of the {@code Authorization} header, if any.
     *
     * @throws SecretReferenceException if a reference cannot be resolved
     */
    Optional<String> authorization() {
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + SecretReferences.resolve(token));
        }
        if (credentials.isEmpty()) {
            return Optional.empty();
        }
        byte[] resolved = SecretReferences.resolve(credentials).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(resolved));
    }

    /**
     * The SSL context with the trust store and the key store; empty for Java's default. The stores
     * are read as by Kafka's clients, PEM included.
     *
     * @throws KafkaException if a store cannot be read or a reference cannot be resolved
     */
    Optional<SSLContext> sslContext() {
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> resolved = new TreeMap<>(ssl);
        resolved.replaceAll((name, value) -> SecretReferences.resolve(value));
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(resolved));
            return Optional.of(factory.sslContext());
        }
    }

    /** Hides secrets. */
    @Override
    public String toString() {
        return "RegistryAccess[%s, %s]"
                .formatted(
                        credentials.isEmpty() && token.isEmpty() ? "" : SecretMasking.HIDDEN,
                        SecretMasking.shown(ssl));
    }
}
