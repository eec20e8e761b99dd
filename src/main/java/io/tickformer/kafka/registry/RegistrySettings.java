package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Address, timeouts and retries of the schema registry.
 *
 * @param url base address of a Confluent-compatible API, such as {@code http://localhost:8081} or,
 *     for Apicurio, {@code http://localhost:8080/apis/ccompat/v7}
 * @param timeout timeout of one request
 * @param attempts how often a request is tried before it fails; at least 1
 * @param pause time between the first two attempts; it doubles with each further attempt
 * @param access authentication and certificates
 */
@Internal
public record RegistrySettings(
        URI url, Duration timeout, int attempts, Duration pause, RegistryAccess access)
        implements Serializable {
    /** How long one request may take, unless set otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** How often a request is sent, unless set otherwise. */
    public static final int DEFAULT_ATTEMPTS = 5;

    /** The pause before the second attempt. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(250);

    public RegistrySettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(access, "access");
        if (url.toString().indexOf('@') >= 0) {
            // The address is not quoted here, as it contains a secret.
            throw new IllegalArgumentException(
                    "the schema registry's address contains a user or a password; expected them in registry.credentials");
        }
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException(
                    "the schema registry's address is %s; expected http:// or https:// at its beginning"
                            .formatted(url));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "the schema registry's timeout is %s; expected a positive duration"
                            .formatted(timeout));
        }
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "requests to the schema registry have %d attempts; expected at least 1"
                            .formatted(attempts));
        }
    }

    /** Five attempts within about four seconds, a timeout of ten seconds each, no credentials. */
    public static RegistrySettings of(URI url) {
        return new RegistrySettings(
                url, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS, DEFAULT_PAUSE, RegistryAccess.OPEN);
    }
}
