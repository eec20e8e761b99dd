package io.tickformer.job;

import io.tickformer.kafka.registry.RegistryAccess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Certificates for a schema registry over https, read as Kafka's clients read theirs. */
public final class RegistrySslOptions {
    private static final String PREFIX = "registry.";

    public static final ConfigOption<String> TRUSTSTORE_LOCATION =
            text("truststore.location")
                    .withDescription(
                            "File with the certificates of the authorities to trust, on every"
                                    + " machine of the job; empty for those that Java trusts.");

    public static final ConfigOption<String> TRUSTSTORE_TYPE =
            text("truststore.type")
                    .withDescription("Its form: PEM, PKCS12 or JKS; empty for JKS or PKCS12.");

    @Secret
    public static final ConfigOption<String> TRUSTSTORE_PASSWORD =
            text("truststore.password").withDescription("Its password, if it has one.");

    public static final ConfigOption<String> KEYSTORE_LOCATION =
            text("keystore.location")
                    .withDescription(
                            "File with the certificate and the key that the job shows, on every"
                                    + " machine of the job; empty for none.");

    public static final ConfigOption<String> KEYSTORE_TYPE =
            text("keystore.type")
                    .withDescription("Its form: PEM, PKCS12 or JKS; empty for JKS or PKCS12.");

    @Secret
    public static final ConfigOption<String> KEYSTORE_PASSWORD =
            text("keystore.password").withDescription("Its password, if it has one.");

    @Secret
    public static final ConfigOption<String> KEY_PASSWORD =
            text("key.password").withDescription("Password of the key in it, if it has one.");

    private RegistrySslOptions() {}

    private static ConfigOption<String> text(String name) {
        return ConfigOptions.key(PREFIX + "ssl." + name).stringType().defaultValue("");
    }

    /** What is given of them, by the names of Kafka's clients. */
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

    /** All that the registry asks of the job. */
    static RegistryAccess access(JobSettings settings) {
        return new RegistryAccess(
                settings.get(RegistryOptions.CREDENTIALS),
                settings.get(RegistryOptions.TOKEN),
                given(settings));
    }
}
