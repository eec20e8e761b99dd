package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.RuntimeVersion;
import io.tickformer.spec.LibraryVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Versions of the software and the kind of machine, for model cards and benchmark reports. It names
 * neither the machine nor its user.
 *
 * @param tickformer version of Tickformer
 * @param onnxRuntime version of ONNX Runtime
 * @param java version of Java
 * @param system operating system and architecture
 * @param processor name of the processor and number of cores that this process may use
 */
@Internal
public record PlatformInfo(
        String tickformer, String onnxRuntime, String java, String system, String processor) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Returns those of this process. */
    public static PlatformInfo current() {
        return new PlatformInfo(
                LibraryVersion.current(),
                RuntimeVersion.current(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                "%s, %d cores"
                        .formatted(processorName(), Runtime.getRuntime().availableProcessors()));
    }

    /** Returns the name that Linux gives, or "processor" on other systems. */
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

    /** Returns the values by their labels. */
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
