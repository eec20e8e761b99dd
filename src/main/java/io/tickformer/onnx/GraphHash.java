package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of a graph, which its file carries beside it: a weight that a flipped bit has changed is
 * a weight like any other, and nothing else would tell.
 */
final class GraphHash {
    /** The metadata property that holds it: SHA-256 in hexadecimal. */
    static final String PROPERTY = "tickformer.graph-sha256";

    private GraphHash() {}

    static String of(GraphProto graph) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(graph.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Holds a file to the hash that it carries; older files carry none. */
    static void check(ModelProto model, List<String> problems) {
        for (StringStringEntryProto property : model.getMetadataPropsList()) {
            if (property.getKey().equals(PROPERTY)
                    && !property.getValue().equals(of(model.getGraph()))) {
                problems.add(
                        "the graph is not the one that was written, by its SHA-256: the file is"
                                + " damaged, or somebody edited it");
            }
        }
    }
}
