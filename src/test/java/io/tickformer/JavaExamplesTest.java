package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import io.tickformer.testing.WatchedProcess;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds and runs the Java examples against this build, and holds their poms to ours and
 * docs/java-api.md to their sources.
 */
@Timeout(240)
final class JavaExamplesTest {
    private static final String MODEL = "models/meters.onnx";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What an example may use: what its pom names, and Java. */
    private static final List<String> IMPORTS =
            List.of("java.", "io.tickformer.", "org.apache.flink.");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import ([\\w.]+);");
    private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern VERSION = Pattern.compile("<([\\w.]+\\.version)>([^<]+)<");
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<groupId>(io.tickformer|org.apache.flink)</groupId>\\s*"
                            + "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)<");

    /** Compiles the sources of an example, without a warning. */
    private static void compile(String example, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Path> sources = sources(example);
        for (Path source : sources) {
            Matcher each = IMPORT.matcher(Files.readString(source));
            while (each.find()) {
                assertThat(IMPORTS).as(each.group(1)).anyMatch(each.group(1)::startsWith);
            }
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean succeeds =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "--release",
                                            "17",
                                            "-Xlint:all,-classfile,-processing",
                                            "-proc:none",
                                            "-Werror",
                                            "-d",
                                            classes.toString(),
                                            "-cp",
                                            System.getProperty("java.class.path")),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call();
            assertThat(succeeds).as(messages.toString()).isTrue();
        }
    }

    private static List<Path> sources(String example) throws IOException {
        Path folder = Repository.root().resolve("examples").resolve(example).resolve("src");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    /** Runs an example in a process of its own and returns the lines that it prints. */
    private static List<String> run(String example, String name, Path classes)
            throws IOException, InterruptedException {
        compile(example, classes);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        List<String> command = List.of(java, "-cp", path, "com.example." + name, MODEL);
        try (WatchedProcess process = WatchedProcess.start(name, command, Map.of())) {
            return process.awaitEnd(PATIENCE).lines().toList();
        }
    }

    @Test
    void theProgramWithoutFlinkPrintsTheNextHours(@TempDir Path classes) throws Exception {
        List<String> lines = run("forecaster", "ForecastInAService", classes);

        assertThat(lines)
                .containsSequence("meter-2, issued for 2026-01-30T22:00:00Z, OK")
                .filteredOn(line -> line.contains("  median "))
                .hasSize(6)
                .first()
                .asString()
                .startsWith("2026-01-30T23:00:00Z  low ");
    }

    @Test
    void theJobPrintsAForecastOfEachHour(@TempDir Path classes) throws Exception {
        List<String> lines = run("java-stream", "ForecastAStream", classes);

        assertThat(lines).filteredOn(line -> line.contains("meter-1  2026-")).hasSize(720);
        assertThat(lines).filteredOn(line -> line.contains("meter-2  2026-")).hasSize(720);
        assertThat(lines).anyMatch(line -> line.endsWith("OK"));
    }

    @Test
    void thePomsNameTheVersionsOfThisBuild() throws IOException {
        Map<String, String> ours = Repository.pomProperties();
        for (String example : List.of("forecaster", "java-stream")) {
            String pom = Repository.read("examples/" + example + "/pom.xml");
            Map<String, String> versions = new TreeMap<>();
            Matcher version = VERSION.matcher(pom);
            while (version.find()) {
                versions.put(version.group(1), version.group(2));
            }
            assertThat(versions).containsEntry("tickformer.version", ours.get("project.version"));
            versions.remove("tickformer.version");
            assertThat(ours).containsAllEntriesOf(versions);
            assertThat(pom)
                    .contains(
                            "<maven.compiler.release>%s<"
                                    .formatted(ours.get("maven.compiler.release")));
            Matcher dependency = DEPENDENCY.matcher(pom);
            int dependencies = 0;
            while (dependency.find()) {
                dependencies++;
                assertThat(dependency.group(3)).isIn("${tickformer.version}", "${flink.version}");
                if (!dependency.group(2).equals("tickformer")) {
                    assertThat(Repository.read("pom.xml"))
                            .contains("<artifactId>" + dependency.group(2) + "</artifactId>");
                }
            }
            assertThat(Repository.read("examples/" + example + "/README.md"))
                    .contains("mvn -q -f examples/" + example + "/pom.xml compile exec:");
            assertThat(dependencies).isEqualTo(example.equals("forecaster") ? 1 : 3);
        }
    }

    @Test
    void theCodeOfThePageIsThatOfTheExamples() throws IOException {
        String page = Repository.read("docs/java-api.md");
        String code =
                words(Files.readString(sources("forecaster").get(0)))
                        + words(Files.readString(sources("java-stream").get(0)));
        Matcher block = CODE.matcher(page);
        int blocks = 0;
        while (block.find()) {
            blocks++;
            assertThat(code).contains(words(block.group(1)));
            assertThat(block.group(1).lines().count()).isLessThanOrEqualTo(10);
        }
        assertThat(blocks).isEqualTo(2);
        assertThat(page).contains(Repository.pomProperties().get("project.version"));
    }

    /** A text with single spaces between its words. */
    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
