package io.tickformer.cli.process;

import io.tickformer.cli.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A broker and a schema registry: started here, or running elsewhere already. */
public final class Servers implements AutoCloseable {
    private final String bootstrapServers;
    private final URI registryUrl;
    private final BrokerProcess broker;
    private final RegistryProcess registry;

    private Servers(
            String bootstrapServers,
            URI registryUrl,
            BrokerProcess broker,
            RegistryProcess registry) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * Starts what is not given, both at the same time.
     *
     * @param bootstrapServers an existing broker, or null
     * @param registryUrl an existing registry, or null
     * @param logs folder for the logs of what is started
     * @throws UserError if something does not start
     */
    public static Servers start(String bootstrapServers, String registryUrl, Path logs) {
        Installation installation = Installation.current();
        RegistryProcess registry = null;
        BrokerProcess broker = null;
        boolean started = false;
        try {
            if (registryUrl == null) {
                registry = RegistryProcess.launch(installation, 0, logs.resolve("registry.log"));
            }
            if (bootstrapServers == null) {
                broker = BrokerProcess.start(installation, 0, logs.resolve("broker.log"), Map.of());
            }
            if (registry != null) {
                registry.awaitReady();
            }
            started = true;
            return new Servers(
                    broker == null ? bootstrapServers : broker.bootstrapServers(),
                    uri(registry == null ? registryUrl : registry.url()),
                    broker,
                    registry);
        } finally {
            if (!started) {
                close(broker);
                close(registry);
            }
        }
    }

    /** Address of the broker for clients, {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Base address of the registry's Confluent-compatible interface. */
    public URI registryUrl() {
        return registryUrl;
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

    private static URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new UserError("the registry's address " + address + " is no URL", e);
        }
    }
}
