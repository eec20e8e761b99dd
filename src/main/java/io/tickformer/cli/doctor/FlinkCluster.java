package io.tickformer.cli.doctor;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A Flink cluster, as its REST interface describes it.
 *
 * @param address address of the REST interface
 * @param version its version, such as {@code 2.3.0}
 * @param slots number of slots
 * @param freeSlots number of slots that no job uses
 * @param hosts hosts of the TaskManagers, each once
 * @param taskManagers number of TaskManagers
 * @param configuration configuration of the JobManager
 * @param classPath class path of the JobManager
 */
record FlinkCluster(
        URI address,
        String version,
        int slots,
        int freeSlots,
        List<String> hosts,
        int taskManagers,
        Map<String, String> configuration,
        List<String> classPath) {
    FlinkCluster {
        hosts = List.copyOf(hosts);
        configuration = Map.copyOf(configuration);
        classPath = List.copyOf(classPath);
    }
}
