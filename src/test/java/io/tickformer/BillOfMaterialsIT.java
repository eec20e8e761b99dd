package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.process.Installation;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Holds the bill of materials to what the job jar is really made of. */
final class BillOfMaterialsIT {
    private static final String PLACE = "META-INF/sbom/sbom.json";

    /** What only the command line needs, and what Flink has: named, and not in the job jar. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "info.picocli:picocli",
                    "me.tongfei:progressbar",
                    "org.jline:jline-terminal",
                    "org.jline:jline-native",
                    "de.siegmar:fastcsv",
                    "org.hdrhistogram:HdrHistogram",
                    "com.google.errorprone:error_prone_annotations",
                    "org.slf4j:slf4j-api");

    @Test
    void everyClassOfTheJobJarIsOfALibraryThatItNamesAndNoneIsNamedInVain() throws IOException {
        Map<String, Set<String>> libraries = new TreeMap<>();
        for (JsonNode component : bill().get("components")) {
            libraries.put(name(component), classes(jarOf(component)));
        }
        Set<String> unnamed = classes(BuildOutput.jobJar());
        unnamed.removeIf(name -> name.startsWith("io/tickformer/"));
        assertThat(unnamed).isNotEmpty();
        Set<String> inTheJar = new TreeSet<>();
        Set<String> all = new HashSet<>(unnamed);
        libraries.forEach(
                (name, classes) -> {
                    // One without classes has files for the pages.
                    if (classes.isEmpty() || all.containsAll(classes)) {
                        inTheJar.add(name);
                    }
                    unnamed.removeAll(classes);
                });
        assertThat(unnamed).isEmpty();
        Set<String> others = new TreeSet<>(libraries.keySet());
        others.removeAll(inTheJar);
        assertThat(others).isEqualTo(new TreeSet<>(ELSEWHERE));
    }

    @Test
    void itHasNeitherTimeNorNumberSoThatABuildCanBeRepeated() throws IOException {
        JsonNode bill = bill();
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.get("metadata").has("timestamp")).isFalse();
        assertThat(bill.get("metadata").get("component").get("version").asText())
                .isEqualTo(Repository.pomProperties().get("project.version"));
        for (JsonNode component : bill.get("components")) {
            assertThat(component.get("version").asText()).doesNotContain("SNAPSHOT", "[", "(");
            assertThat(component.get("hashes")).as(name(component)).isNotEmpty();
        }
    }

    private static JsonNode bill() throws IOException {
        try (JarFile jar = new JarFile(BuildOutput.jobJar().toFile())) {
            assertThat(jar.getEntry(PLACE))
                    .as("bill of materials; Maven makes none without a network (-o)")
                    .isNotNull();
            try (InputStream in = jar.getInputStream(jar.getEntry(PLACE))) {
                return new JsonMapper().readTree(in);
            }
        }
    }

    private static String name(JsonNode component) {
        return component.get("group").asText() + ":" + component.get("name").asText();
    }

    /** The jar among those that the command and the cluster run with. */
    private static Path jarOf(JsonNode component) {
        String file =
                component.get("name").asText() + "-" + component.get("version").asText() + ".jar";
        Path lib = Installation.current().home().resolve("lib");
        return Stream.of(lib.resolve(file), lib.resolve("flink").resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " is on no class path"));
    }

    private static Set<String> classes(Path file) throws IOException {
        Set<String> classes = new HashSet<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.endsWith("module-info.class"))
                    .forEach(classes::add);
        }
        return classes;
    }
}
