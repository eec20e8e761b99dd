package io.tickformer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of {@code docker/kubernetes}, for tests that hold them to the code. */
public final class Manifests {
    /** Files that describe no resource: of kustomize, and settings of the job. */
    private static final List<String> NO_RESOURCES =
            List.of("kustomization.yaml", "kustomize.yaml", "job.yaml", "mounts.yaml");

    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** The folder with one folder for each way to deploy. */
    public static Path folder() {
        return Repository.root().resolve("docker/kubernetes");
    }

    /** Every resource and every patch of one, by its file and its number in it. */
    public static Map<String, JsonNode> all() throws IOException {
        Map<String, JsonNode> all = new TreeMap<>();
        for (Path file : files()) {
            if (!NO_RESOURCES.contains(file.getFileName().toString())) {
                List<JsonNode> documents = read(Files.readString(file));
                for (int i = 0; i < documents.size(); i++) {
                    all.put(folder().relativize(file) + " " + (i + 1), documents.get(i));
                }
            }
        }
        return all;
    }

    /** Every file, in the order of their paths. */
    public static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The first resource of a file. */
    public static JsonNode resource(String file) throws IOException {
        return read(Files.readString(folder().resolve(file))).get(0);
    }

    /** The documents of a YAML text. */
    public static List<JsonNode> read(String text) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(text)) {
            found.forEachRemaining(documents::add);
        }
        return documents;
    }

    /**
     * What {@code kubectl apply -k} sends for a folder; empty where there is no kubectl. It needs
     * no cluster.
     */
    public static Optional<List<JsonNode>> kustomized(String name) throws Exception {
        Process kubectl;
        try {
            kubectl =
                    new ProcessBuilder("kubectl", "kustomize", folder().resolve(name).toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException none) {
            return Optional.empty();
        }
        String said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IOException(said);
        }
        return Optional.of(read(said));
    }
}
