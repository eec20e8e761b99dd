package io.tickformer.onnx;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contents of an ONNX file besides inputs, outputs and metadata, read without running it.
 * Subgraphs are counted with the graph around them.
 *
 * @param irVersion version of the file format
 * @param opsets version by domain, sorted; the empty domain is that of the standard ops
 * @param graphName may be empty
 * @param documentation description by the producer; may be empty
 * @param tensors initializers, in the order of the file
 * @param nodesByOp number of nodes by op, sorted; ops of other domains have their domain as a
 *     prefix
 */
@Internal
public record OnnxContents(
        long irVersion,
        Map<String, Long> opsets,
        String graphName,
        String documentation,
        List<StoredTensor> tensors,
        Map<String, Long> nodesByOp) {
    public OnnxContents {
        opsets = Collections.unmodifiableMap(new TreeMap<>(opsets));
        tensors = List.copyOf(tensors);
        nodesByOp = Collections.unmodifiableMap(new TreeMap<>(nodesByOp));
    }

    /** Number of nodes. */
    public long nodes() {
        return nodesByOp.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of elements of all floating-point tensors: weights and constants of the graph. */
    public long realElements() {
        return tensors.stream()
                .filter(StoredTensor::isFloatingPoint)
                .mapToLong(StoredTensor::elements)
                .sum();
    }

    /** External files that hold tensors, sorted; empty if the file itself holds all of them. */
    public List<String> externalFiles() {
        TreeSet<String> files = new TreeSet<>();
        for (StoredTensor tensor : tensors) {
            if (!tensor.externalFile().isEmpty()) {
                files.add(tensor.externalFile());
            }
        }
        return List.copyOf(files);
    }

    /** The tensors with the given names, in the order of the names. */
    public List<StoredTensor> tensorsOf(List<String> names) {
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        List<StoredTensor> found = new ArrayList<>();
        for (String name : names) {
            if (byName.containsKey(name)) {
                found.add(byName.get(name));
            }
        }
        return found;
    }
}
