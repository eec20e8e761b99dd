package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.kafka.registry.RegistryAccess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Certificate options for a schema registry with https. The files are read as by Kafka's clients.
 */
@Public
public final class RegistrySslOptions {
    private static final String PREFIX = "registry.";

    public static final ConfigOption<String> TRUSTSTORE_LOCATION =
            text("truststore.location")
                    .withDescription(
                            "File with the certificates of the trusted authorities, on each machine"
                                    + " of the job; empty for Java's default.");

    public static final ConfigOption<String> TRUSTSTORE_TYPE =
            text("truststore.type")
                    .withDescription(
                            "Format of the trust store: PEM, PKCS12 or JKS; empty for JKS or"
                                    + " PKCS12.");

    @SecretOption
    public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
            text("truststore.password")
                    .withDescription("Password of the trust store; empty for none.");

    public static final ConfigOption<String> KEYSTORE_LOCATION =
            text("keystore.location")
                    .withDescription(
                            "File with the client certificate of the job and its key, on each"
                                    + " machine of the job; empty for none.");

    public static final ConfigOption<String> KEYSTORE_TYPE =
            text("keystore.type")
                    .withDescription(
                            "Format of the key store: PEM, PKCS12 or JKS; empty for JKS or"
                                    + " PKCS12.");

    @SecretOption
    public static final ConfigOption<String> KEYSTORE_PASSWORD =
            text("keystore.password").withDescription("Password of the key store; empty for none.");

    @SecretOption
    public static final ConfigOption<String> KEY_PASSWORD =
            text("key.password")
                    .withDescription("Password of the key in the key store; empty for none.");

    private RegistrySslOptions() {}

    private static ConfigOption<String> text(String name) {
        return ConfigOptions.key(PREFIX + "ssl." + name).stringType().defaultValue("");
    }

    /** The options that are set, by the names of Kafka's clients. */
    static Map<String, String> given(JobSettings settings) {
        Map<String, String> given = new TreeMap<>();
        for (ConfigOption<String> option :
                List.of(
                        TRUSTSTORE_LOCATION,
                        TRUSTSTORE_TYPE,
                        TRUSTSTORE_PASSWORD,
                        KEYSTORE_LOCATION,
                        KEYSTORE_TYPE,
                        KEYSTORE_PASSWORD,
                        KEY_PASSWORD)) {
            String value = settings.get(option);
            if (!value.isEmpty()) {
                given.put(option.key().substring(PREFIX.length()), value);
            }
        }
        return given;
    }

    /** The authentication and certificates for the registry. */
    static RegistryAccess access(JobSettings settings) {
        return new RegistryAccess(
                settings.get(RegistryOptions.CREDENTIALS),
                settings.get(RegistryOptions.TOKEN),
                given(settings));
    }
}
