package io.tickformer.cli.doctor;

import io.tickformer.job.RuntimeOptions;
import io.tickformer.monitoring.ReadableNumbers;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Looks at the Flink cluster: version, slots, and where it loads ONNX Runtime from. */
final class ClusterCheck implements Check {
    private static final String RUNTIME_JAR = "onnxruntime";
    private static final String RUNTIME_PACKAGE = "ai.onnxruntime";

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.CLUSTER, Subject.LIBRARIES);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        Optional<URI> address = address(examination);
        if (address.isEmpty()) {
            findings.skipped(
                    Subject.CLUSTER,
                    "no cluster is named; --cluster http://HOST:8081 or flink.rest.address names one");
            findings.skipped(Subject.LIBRARIES, "there is no cluster");
            return;
        }
        FlinkCluster cluster;
        try {
            cluster = new FlinkRest(address.get(), examination.timeout()).describe();
        } catch (IOException | IllegalArgumentException e) {
            findings.problem(
                    Subject.CLUSTER,
                    e.getMessage(),
                    "start the cluster, or correct its address; the REST port is 8081 unless"
                            + " rest.port is set");
            findings.skipped(Subject.LIBRARIES, "the cluster does not answer");
            return;
        }
        examination.flinkAnswers(cluster);
        cluster(examination, cluster, findings);
        libraries(cluster, findings);
    }

    private static Optional<URI> address(Examination examination) {
        if (examination.cluster().isPresent()) {
            return examination.cluster();
        }
        Configuration flink = examination.trial().flink();
        return flink.getOptional(RestOptions.ADDRESS)
                .map(
                        host ->
                                URI.create(
                                        "http://%s:%d"
                                                .formatted(host, flink.get(RestOptions.PORT))));
    }

    private static void cluster(Examination examination, FlinkCluster cluster, Findings findings) {
        String seen =
                "%s: Flink %s, %s on %s, %d of %d slots free"
                        .formatted(
                                cluster.address(),
                                cluster.version(),
                                ReadableNumbers.number(cluster.taskManagers(), "TaskManager"),
                                ReadableNumbers.number(cluster.hosts().size(), "machine"),
                                cluster.freeSlots(),
                                cluster.slots());
        String ours = EnvironmentInformation.getVersion();
        int parallelism = parallelism(examination, cluster);
        if (!minor(ours).equals(minor(cluster.version()))) {
            findings.problem(
                    Subject.CLUSTER,
                    seen + "; the job is built for Flink " + ours,
                    "use a cluster of Flink %s".formatted(minor(ours)));
        } else if (cluster.freeSlots() < parallelism) {
            findings.warning(
                    Subject.CLUSTER,
                    "%s; the job needs %s"
                            .formatted(seen, ReadableNumbers.number(parallelism, "slot")),
                    "start more TaskManagers, or lower job.parallelism; a cluster that starts"
                            + " TaskManagers on demand will do so itself");
        } else if (!ours.equals(cluster.version())) {
            findings.warning(
                    Subject.CLUSTER,
                    seen + "; the job is built for Flink " + ours,
                    "prefer a cluster of Flink " + ours);
        } else {
            findings.ok(Subject.CLUSTER, seen);
        }
    }

    /** Slots that the job needs: all operators share the slots of the largest one. */
    private static int parallelism(Examination examination, FlinkCluster cluster) {
        return examination
                .settings()
                .find(RuntimeOptions.PARALLELISM)
                .or(() -> examination.trial().flink().getOptional(CoreOptions.DEFAULT_PARALLELISM))
                .orElseGet(
                        () ->
                                Configuration.fromMap(cluster.configuration())
                                        .get(CoreOptions.DEFAULT_PARALLELISM));
    }

    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
    }

    private static void libraries(FlinkCluster cluster, Findings findings) {
        if (cluster.classPath().isEmpty()) {
            findings.skipped(Subject.LIBRARIES, "the cluster does not tell its class path");
            return;
        }
        boolean isInLib =
                cluster.classPath().stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .anyMatch(file -> file.startsWith(RUNTIME_JAR));
        boolean isParentFirst =
                String.join(
                                ";",
                                Configuration.fromMap(cluster.configuration())
                                        .get(
                                                CoreOptions
                                                        .ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
                        .contains(RUNTIME_PACKAGE);
        if (isInLib && !isParentFirst) {
            findings.warning(
                    Subject.LIBRARIES,
                    "ONNX Runtime is in the cluster's lib folder, but each submission loads a copy of its own from the job jar",
                    "set classloader.parent-first-patterns.additional to ai.onnxruntime in the"
                            + " configuration of the cluster");
        } else if (!isInLib && isParentFirst) {
            findings.warning(
                    Subject.LIBRARIES,
                    "classloader.parent-first-patterns.additional names ai.onnxruntime, but the cluster's lib folder has no onnxruntime jar",
                    "put the onnxruntime jar into lib, or remove the pattern");
        } else {
            findings.ok(
                    Subject.LIBRARIES,
                    isInLib
                            ? "ONNX Runtime is loaded once, from the cluster's lib folder"
                            : "each submission loads ONNX Runtime from the job jar; the temporary"
                                    + " folder of the cluster must allow execution");
        }
    }
}
