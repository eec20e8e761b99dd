package io.tickformer.lab.chaos;

import io.tickformer.console.UserError;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.FlinkHome;
import io.tickformer.process.Installation;
import io.tickformer.process.JavaProcess;
import io.tickformer.process.Ports;
import io.tickformer.process.RegistryProcess;
import io.tickformer.process.TemporaryFolder;
import io.tickformer.process.ZooKeeperProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cluster of processes on this machine, each a virtual machine of its own: ZooKeeper, a
 * JobManager with high availability, two TaskManagers with one slot each, a broker, and a schema
 * registry that stores its schemas in a file. Faults can kill every process except ZooKeeper, which
 * stands for an ensemble. A killed process restarts on the same ports with the same folders.
 */
final class ChaosCluster implements AutoCloseable {
    /** Slots of all TaskManagers. The job needs all of them, so every fault hits a busy process. */
    static final int SLOTS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    private final Map<FaultTarget, SupervisedProcess> processes = new EnumMap<>(FaultTarget.class);
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final int restPort = Ports.free();
    private final FlinkRest rest = new FlinkRest(restPort);
    private final Installation installation = Installation.current();
    private final Path jobJar = installation.jobJar();
    private BrokerProcess broker;
    private RegistryProcess registry;

    private ChaosCluster() {}

    /**
     * Starts the cluster and waits until it is ready.
     *
     * @param directory for settings, data and logs
     * @throws UserError if a process does not start, or the project was not built
     */
    static ChaosCluster start(TemporaryFolder directory) {
        ChaosCluster cluster = new ChaosCluster();
        boolean started = false;
        try {
            cluster.startAll(directory);
            started = true;
            return cluster;
        } finally {
            if (!started) {
                cluster.close();
            }
        }
    }

    private void startAll(TemporaryFolder directory) {
        Path folder = directory.path();
        registry =
                RegistryProcess.launch(
                        installation,
                        Ports.free(),
                        folder.resolve("registry.log"),
                        folder.resolve("schemas"));
        closing.push(registry::close);
        processes.put(FaultTarget.REGISTRY, new SupervisedProcess(registry.process()));
        ZooKeeperProcess zooKeeper =
                ZooKeeperProcess.start(installation, directory, folder.resolve("zookeeper.log"));
        closing.push(zooKeeper::close);
        startFlink(folder, zooKeeper.quorum());
        broker =
                BrokerProcess.start(
                        installation,
                        Ports.free(),
                        folder.resolve("broker.log"),
                        Map.of("log.dirs", folder.resolve("topics").toString()));
        closing.push(broker::close);
        processes.put(FaultTarget.BROKER, new SupervisedProcess(broker.process()));
        registry.awaitReady();
        awaitFreeSlots();
    }

    private void startFlink(Path folder, String quorum) {
        FlinkHome flink = new FlinkHome(folder.resolve("flink"), installation);
        flink.configure(FlinkHome.onThisMachine());
        flink.configure(memory());
        flink.configure(highAvailability(folder, quorum));
        flink.configure(
                Map.of(
                        "rest.port", String.valueOf(restPort),
                        "rest.bind-port", String.valueOf(restPort)));
        JavaProcess jobManager =
                flink.start(
                        "JobManager",
                        384,
                        flink.sessionJobManager(),
                        folder.resolve("jobmanager.log"));
        processes.put(FaultTarget.JOB_MANAGER, new SupervisedProcess(jobManager));
        for (FaultTarget target :
                new FaultTarget[] {FaultTarget.TASK_MANAGER_1, FaultTarget.TASK_MANAGER_2}) {
            String log = target == FaultTarget.TASK_MANAGER_1 ? "1" : "2";
            JavaProcess taskManager =
                    flink.start(
                            target.toString(),
                            384,
                            flink.taskManager(),
                            folder.resolve("taskmanager-" + log + ".log"));
            processes.put(target, new SupervisedProcess(taskManager));
        }
    }

    private static Map<String, String> memory() {
        return Map.of(
                "jobmanager.memory.process.size", "1024m",
                "taskmanager.memory.process.size", "1280m",
                "taskmanager.memory.managed.size", "128m",
                "taskmanager.memory.task.off-heap.size", "128m",
                "taskmanager.numberOfTaskSlots", "1");
    }

    /** Settings as recommended in docs/reliability.md. */
    private static Map<String, String> highAvailability(Path folder, String quorum) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("high-availability.type", "zookeeper");
        settings.put("high-availability.zookeeper.quorum", quorum);
        settings.put("high-availability.storageDir", folder.resolve("recovery").toUri().toString());
        settings.put("high-availability.jobmanager.port", String.valueOf(Ports.free()));
        // A JobManager that comes back waits until its predecessor's session has ended.
        settings.put("high-availability.zookeeper.client.session-timeout", "10 s");
        settings.put("high-availability.zookeeper.client.connection-timeout", "10 s");
        settings.put("zookeeper.sasl.disable", "true");
        settings.put("heartbeat.interval", "1 s");
        settings.put("heartbeat.timeout", "10 s");
        // A JobManager ends if an internal request takes longer, as may happen while everything
        // starts at
        // once.
        settings.put("pekko.ask.timeout", "1 min");
        return settings;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    URI registryUrl() {
        return URI.create(registry.url());
    }

    /** Port for submitting jobs. */
    int restPort() {
        return restPort;
    }

    Path jobJar() {
        return jobJar;
    }

    SupervisedProcess process(FaultTarget target) {
        return processes.get(target);
    }

    /** Restarts the processes that have ended and are due. */
    void keep(long now) {
        processes.values().forEach(process -> process.keep(now));
    }

    /** How often a process ended without being killed. */
    int unplannedEnds() {
        return processes.values().stream().mapToInt(SupervisedProcess::unplannedEnds).sum();
    }

    /**
     * Waits until no job holds a slot and every TaskManager is registered. Restarts processes
     * meanwhile.
     *
     * @throws UserError if it takes too long
     */
    void awaitFreeSlots() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rest.freeSlots() < SLOTS) {
            keep(System.nanoTime());
            if (System.nanoTime() > deadline) {
                throw new UserError(
                        "the cluster does not have %d free slots after %d seconds"
                                .formatted(SLOTS, PATIENCE.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_QUESTIONS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the cluster", e);
        }
    }

    @Override
    public void close() {
        // Use the ports that the processes had before.
        processes.values().forEach(SupervisedProcess::end);
        closing.forEach(Runnable::run);
    }
}
