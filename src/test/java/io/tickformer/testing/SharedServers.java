package io.tickformer.testing;

import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;

/**
 * A broker and a registry that all tests of one JVM use: a server takes seconds to start. Each test
 * has topics of its own. A test that stops a server, or needs one with other settings, starts its
 * own.
 */
public final class SharedServers {
    private static BrokerProcess broker;
    private static RegistryProcess registry;

    private SharedServers() {}

    /** The broker, which stops when the JVM ends. */
    public static synchronized BrokerProcess broker() {
        if (broker == null) {
            broker = BrokerProcess.start();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        }
        return broker;
    }

    /** The registry, which stops when the JVM ends. */
    public static synchronized RegistryProcess registry() {
        if (registry == null) {
            registry = RegistryProcess.start();
            Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "stop-registry"));
        }
        return registry;
    }
}
