package io.tickformer.testing;

import io.tickformer.process.BrokerProcess;
import io.tickformer.process.Installation;
import io.tickformer.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker with a listener that asks for a user and a password over TLS, and one that asks for
 * a client's certificate. A third, open one is the test's own.
 */
public final class SecureBroker implements AutoCloseable {
    public static final String USER = "tickformer";

    private final BrokerProcess broker;
    private final int passwordPort;
    private final int certificatePort;

    private SecureBroker(BrokerProcess broker, int passwordPort, int certificatePort) {
        this.broker = broker;
        this.passwordPort = passwordPort;
        this.certificatePort = certificatePort;
    }

    /**
     * Starts it.
     *
     * @param password of {@link #USER}
     */
    public static SecureBroker start(Certificates certificates, String password)
            throws InterruptedException, ExecutionException {
        int open = Ports.free();
        int controller = Ports.free();
        int byPassword = Ports.free();
        int byCertificate = Ports.free();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,PASSWORD://127.0.0.1:%d,CERTIFICATE://127.0.0.1:%d"
                        .formatted(open, controller, byPassword, byCertificate));
        properties.put(
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:%d,PASSWORD://localhost:%d,CERTIFICATE://localhost:%d"
                        .formatted(open, byPassword, byCertificate));
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PASSWORD:SASL_SSL,CERTIFICATE:SSL");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put(
                "listener.name.password.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put("listener.name.certificate.ssl.client.auth", "required");
        for (String store : List.of("keystore", "truststore")) {
            properties.put("ssl." + store + ".location", certificates.server().toString());
            properties.put("ssl." + store + ".type", "PKCS12");
            properties.put("ssl." + store + ".password", Certificates.PASSWORD);
        }
        properties.put("ssl.key.password", Certificates.PASSWORD);
        BrokerProcess broker = BrokerProcess.start(Installation.current(), open, null, properties);
        boolean started = false;
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            USER,
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 4096),
                                            password)))
                    .all()
                    .get();
            started = true;
            return new SecureBroker(broker, byPassword, byCertificate);
        } finally {
            if (!started) {
                broker.close();
            }
        }
    }

    /** The open listener. */
    public String open() {
        return broker.bootstrapServers();
    }

    /** Port of the listener that asks for user and password. */
    public int passwordPort() {
        return passwordPort;
    }

    /** Port of the listener that asks for a client's certificate. */
    public int certificatePort() {
        return certificatePort;
    }

    @Override
    public void close() {
        broker.close();
    }
}
