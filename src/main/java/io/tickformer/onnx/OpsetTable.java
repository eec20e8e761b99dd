package io.tickformer.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The standard ops of ONNX, with the opset that introduced each of them. */
final class OpsetTable {
    /** The newest opset in the table. */
    static final long NEWEST = 24;

    private static final String LIST = "standard-ops.txt";
    private static final Map<String, Lifetime> OPS = load();

    private OpsetTable() {}

    /** The opset that introduced an op and the one that deprecated it. */
    private record Lifetime(long introduced, long deprecated) {}

    /**
     * Why an op does not belong to an opset; empty if it does, or if the opset is newer than the
     * table.
     */
    static Optional<String> objection(String op, long opset) {
        Lifetime lifetime = OPS.get(op);
        if (lifetime == null) {
            return opset > NEWEST ? Optional.empty() : Optional.of("is not a standard op of ONNX");
        }
        if (opset < 1) {
            return Optional.of("is a standard op, but the file declares no standard opset");
        }
        if (opset < lifetime.introduced) {
            return Optional.of(
                    "was introduced with opset %d, but the file declares opset %d"
                            .formatted(lifetime.introduced, opset));
        }
        if (opset >= lifetime.deprecated) {
            return Optional.of(
                    "is deprecated since opset %d, and the file declares opset %d"
                            .formatted(lifetime.deprecated, opset));
        }
        return Optional.empty();
    }

    private static Map<String, Lifetime> load() {
        Map<String, Lifetime> ops = new TreeMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                OpsetTable.class.getResourceAsStream(LIST),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ", -1);
                    long deprecated = words.length > 2 ? Long.parseLong(words[2]) : Long.MAX_VALUE;
                    ops.put(words[0], new Lifetime(Long.parseLong(words[1]), deprecated));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ops;
    }
}
