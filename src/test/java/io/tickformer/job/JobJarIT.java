package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.BuildOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the job jar holds, and what it leaves at home. */
final class JobJarIT {

    @Test
    void itStartsTheJob() throws IOException {
        try (JarFile jar = jar()) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(ForecastJob.class.getName());
            assertThat(jar.isMultiRelease()).isTrue();
        }
    }

    @Test
    void itHoldsTheServingPackagesAndNoOther() throws IOException {
        try (JarFile jar = jar()) {
            Set<String> packages =
                    jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.matches("io/tickformer/\\w+/.*\\.class"))
                            .map(name -> name.split("/", -1)[2])
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(packages)
                    .containsExactly(
                            "annotation",
                            "context",
                            "event",
                            "feedback",
                            "flow",
                            "forecaster",
                            "graph",
                            "inference",
                            "job",
                            "kafka",
                            "model",
                            "monitoring",
                            "onnx",
                            "operator",
                            "serialization",
                            "spec",
                            "sql");
        }
    }

    @Test
    void itHoldsNothingOfFlinkButTheKafkaConnector() throws IOException {
        try (JarFile jar = jar()) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .filteredOn(name -> name.endsWith(".class"))
                    .noneMatch(name -> name.startsWith("org/slf4j/"))
                    .noneMatch(name -> name.startsWith("picocli/"))
                    .filteredOn(name -> name.startsWith("org/apache/flink/"))
                    .isNotEmpty()
                    .allMatch(
                            name ->
                                    name.startsWith("org/apache/flink/connector/kafka/")
                                            || name.startsWith(
                                                    "org/apache/flink/streaming/connectors/kafka/")
                                            || name.startsWith(
                                                    "org/apache/flink/streaming/util/serialization/"));
        }
    }

    @Test
    void itHoldsTheNativeLibrariesOfTheSystemsNamed() throws IOException {
        try (JarFile jar = jar()) {
            Set<String> systems =
                    jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith("ai/onnxruntime/native/"))
                            .filter(name -> name.split("/", -1).length > 4)
                            .map(name -> name.split("/", -1)[3])
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(systems).containsExactly("linux-aarch64", "linux-x64", "osx-aarch64");
        }
    }

    @Test
    void noEntryIsThereTwice() throws IOException {
        try (JarFile jar = jar()) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names).hasSameSizeAs(new HashSet<>(names));
        }
    }

    private static JarFile jar() throws IOException {
        return new JarFile(BuildOutput.jobJar().toFile());
    }
}
