package io.tickformer.process;

import io.tickformer.inference.runtime.RuntimeVersion;
import io.tickformer.spec.LibraryVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a model is made with: versions, and the kind of machine. No name of the machine or of who
 * uses it.
 *
 * @param tickformer version of Tickformer
 * @param onnxRuntime version of ONNX Runtime
 * @param java version of Java
 * @param system operating system and architecture
 * @param processor the processor, and how many of its cores there are to use
 */
public record Surroundings(
        String tickformer, String onnxRuntime, String java, String system, String processor) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Those of this process. */
    public static Surroundings current() {
        return new Surroundings(
                LibraryVersion.current(),
                RuntimeVersion.current(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                "%s, %d cores"
                        .formatted(processorName(), Runtime.getRuntime().availableProcessors()));
    }

    /** As Linux tells it; elsewhere unnamed. */
    private static String processorName() {
        if (Files.isReadable(PROCESSORS)) {
            try (Stream<String> lines = Files.lines(PROCESSORS)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("processor");
            } catch (IOException e) {
                return "processor";
            }
        }
        return "processor";
    }

    /** By name, for people. */
    public Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("Tickformer", tickformer);
        rows.put("ONNX Runtime", onnxRuntime);
        rows.put("Java", java);
        rows.put("system", system);
        rows.put("processor", processor);
        return rows;
    }
}
