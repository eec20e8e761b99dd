package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import io.tickformer.job.JobConnections;
import io.tickformer.job.JobSettings;
import io.tickformer.job.KafkaOptions;
import io.tickformer.job.RegistryOptions;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A broker and a schema registry. Each is started here or exists already. */
@Internal
public final class Servers implements AutoCloseable {
    private static final String BROKERS = KafkaOptions.BOOTSTRAP_SERVERS.key();
    private static final String REGISTRY = RegistryOptions.URL.key();

    private final Map<String, String> settings;
    private final KafkaConnection kafka;
    private final RegistrySettings registrySettings;
    private final BrokerProcess broker;
    private final RegistryProcess registry;

    private Servers(Map<String, String> settings, BrokerProcess broker, RegistryProcess registry) {
        JobSettings connections = JobSettings.forConnecting(settings);
        this.settings = settings;
        this.kafka = JobConnections.kafka(connections);
        this.registrySettings = JobConnections.registry(connections);
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts a broker and a registry, both at the same time.
     *
     * @param logs folder for their logs
     * @throws UserError if a server does not start
     */
    public static Servers start(Path logs) {
        return start(Map.of(), logs);
    }

    /**
     * Starts the servers that do not exist already, both at the same time.
     *
     * @param existing job settings with the address of an existing broker or registry, and how to
     *     connect to it
     * @param logs folder for the logs of the servers that are started
     * @throws UserError if a server does not start
     * @throws io.tickformer.job.OptionException if a setting is invalid
     */
    public static Servers start(Map<String, String> existing, Path logs) {
        Installation installation = Installation.current();
        RegistryProcess registry = null;
        BrokerProcess broker = null;
        boolean started = false;
        try {
            if (!existing.containsKey(REGISTRY)) {
                registry = RegistryProcess.launch(installation, 0, logs.resolve("registry.log"));
            }
            if (!existing.containsKey(BROKERS)) {
                broker = BrokerProcess.start(installation, 0, logs.resolve("broker.log"), Map.of());
            }
            if (registry != null) {
                registry.awaitReady();
            }
            Map<String, String> settings = new LinkedHashMap<>(existing);
            if (broker != null) {
                settings.put(BROKERS, broker.bootstrapServers());
            }
            if (registry != null) {
                settings.put(REGISTRY, registry.url());
            }
            Servers servers = new Servers(settings, broker, registry);
            started = true;
            return servers;
        } finally {
            if (!started) {
                close(broker);
                close(registry);
            }
        }
    }

    /** Returns the connection settings of the broker. */
    public KafkaConnection kafka() {
        return kafka;
    }

    /** Returns the connection settings of the registry. */
    public RegistrySettings registry() {
        return registrySettings;
    }

    /** Returns the settings of a job that connects to both. */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    @Override
    public void close() {
        close(broker);
        close(registry);
    }

    private static void close(BrokerProcess broker) {
        if (broker != null) {
            broker.close();
        }
    }

    private static void close(RegistryProcess registry) {
        if (registry != null) {
            registry.close();
        }
    }
}
