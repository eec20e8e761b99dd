package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash of the graph, stored in its file. It detects damage that nothing else would: a weight with
 * a flipped bit is still a valid weight.
 */
final class GraphHash {
    /** Metadata property with the hash: SHA-256 in hexadecimal. */
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

    /** Compares a file with the hash that it carries. Files without a hash are accepted. */
    static void check(ModelProto model, List<String> problems) {
        for (StringStringEntryProto property : model.getMetadataPropsList()) {
            if (property.getKey().equals(PROPERTY)
                    && !property.getValue().equals(of(model.getGraph()))) {
                problems.add(
                        "the SHA-256 of the graph differs from the one in the metadata: the file is"
                                + " damaged or was edited");
            }
        }
    }
}
