package io.tickformer.testing;

import io.tickformer.process.RegistryProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A broker and a registry that let in only who has the right password over TLS, or the right
 * certificate, with passwords that a test can look for.
 */
public final class SecureServers implements AutoCloseable {
    public static final String KAFKA_PASSWORD = "kafka-password-x9k2";
    public static final String REGISTRY_PASSWORD = "registry-password-m4v7";
    public static final String TOKEN = "registry-token-b5t1";

    private final Path folder;
    private final Certificates certificates;
    private final SecureBroker broker;
    private final RegistryProcess registry;
    private final GatedRegistry byPassword;
    private final GatedRegistry byCertificate;

    /**
     * Starts them.
     *
     * @param folder for certificates and files with secrets
     */
    public SecureServers(Path folder) throws Exception {
        this.folder = folder;
        certificates = Certificates.in(folder.resolve("certificates"));
        broker = SecureBroker.start(certificates, KAFKA_PASSWORD);
        registry = RegistryProcess.start();
        String user =
                Base64.getEncoder()
                        .encodeToString(
                                ("reader:" + REGISTRY_PASSWORD).getBytes(StandardCharsets.UTF_8));
        byPassword = new GatedRegistry(registry, certificates, "Basic " + user, false);
        byCertificate = new GatedRegistry(registry, certificates, "Bearer " + TOKEN, true);
        Files.writeString(folder.resolve("kafka-password"), KAFKA_PASSWORD + "\n");
        Files.writeString(folder.resolve("registry-token"), TOKEN + "\n");
        Files.writeString(folder.resolve("store-password"), Certificates.PASSWORD + "\n");
    }

    public Certificates certificates() {
        return certificates;
    }

    /** The broker's open listener, the test's own. */
    public String openBroker() {
        return broker.open();
    }

    /** The registry without its gate, the test's own. */
    public String openRegistry() {
        return registry.url();
    }

    /**
     * Settings for user and password over TLS: Kafka's password by a reference to a file, the
     * registry's written out.
     */
    public Map<String, String> byPassword() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", "localhost:" + broker.passwordPort());
        settings.put("kafka.properties.security.protocol", "SASL_SSL");
        settings.put("kafka.properties.sasl.mechanism", "SCRAM-SHA-512");
        settings.put("kafka.properties.sasl.jaas.config", jaas("${file:%s}".formatted(file())));
        settings.put("kafka.properties.ssl.truststore.type", "PEM");
        settings.put(
                "kafka.properties.ssl.truststore.location", certificates.authority().toString());
        settings.put("registry.url", byPassword.url("localhost"));
        settings.put("registry.credentials", "reader:" + REGISTRY_PASSWORD);
        settings.put("registry.ssl.truststore.type", "PEM");
        settings.put("registry.ssl.truststore.location", certificates.authority().toString());
        return settings;
    }

    /** Settings for a client's certificate and, at the registry, a token. */
    public Map<String, String> byCertificate() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", "localhost:" + broker.certificatePort());
        settings.put("kafka.properties.security.protocol", "SSL");
        settings.put("registry.url", byCertificate.url("localhost"));
        settings.put("registry.token", "${file:%s}".formatted(folder.resolve("registry-token")));
        String password = "${file:%s}".formatted(folder.resolve("store-password"));
        for (String prefix : new String[] {"kafka.properties.ssl.", "registry.ssl."}) {
            settings.put(prefix + "truststore.type", "PEM");
            settings.put(prefix + "truststore.location", certificates.authority().toString());
            settings.put(prefix + "keystore.type", "PKCS12");
            settings.put(prefix + "keystore.location", certificates.client().toString());
            settings.put(prefix + "keystore.password", password);
        }
        return settings;
    }

    /** A login with a password, or with a reference to one. */
    public static String jaas(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"%s\" password=\"%s\";".formatted(SecureBroker.USER, password);
    }

    private Path file() {
        return folder.resolve("kafka-password");
    }

    /** Writes settings as a file for {@code --config}. */
    public static Path write(Map<String, String> settings, Path file) throws IOException {
        StringBuilder yaml = new StringBuilder();
        settings.forEach(
                (name, value) ->
                        yaml.append(name)
                                .append(": '")
                                .append(value.replace("'", "''"))
                                .append("'\n"));
        return Files.writeString(file, yaml);
    }

    @Override
    public void close() {
        byCertificate.close();
        byPassword.close();
        registry.close();
        broker.close();
    }
}
