package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.tickformer.annotation.Internal;
import io.tickformer.graph.FusedOp;
import io.tickformer.graph.Graph;
import io.tickformer.graph.Initializer;
import io.tickformer.graph.Node;
import io.tickformer.graph.Tensor;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a graph as an ONNX file. It uses standard ops of opset {@link #OPSET} and, if the graph
 * contains them, fused ops of ONNX Runtime. Every tensor is typed, and the same graph and metadata
 * always give the same bytes. A file with metadata also contains the hash of its graph, so that
 * damage is detected.
 */
@Internal
public final class OnnxWriter {
    /** The opset of the files; ONNX 1.15, which current native and web runtimes support. */
    public static final int OPSET = 20;

    /** The IR version that goes with {@link #OPSET}. */
    public static final int IR_VERSION = 9;

    /** If given, this metadata property is also written as the producer version. */
    public static final String PRODUCER_VERSION_PROPERTY = "tickformer.library-version";

    /** The only opset of the ops of ONNX Runtime. */
    private static final int FUSED_OPSET = 1;

    private static final String PRODUCER = "tickformer";

    private OnnxWriter() {}

    /**
     * Serialises a graph.
     *
     * @param graph the graph
     * @param metadata metadata properties, written in the order of their keys
     */
    public static byte[] write(Graph graph, Map<String, String> metadata) {
        Map<String, String> sorted = new TreeMap<>(metadata);
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName(PRODUCER)
                        .setProducerVersion(sorted.getOrDefault(PRODUCER_VERSION_PROPERTY, ""))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                        .setGraph(graph(graph));
        if (graph.nodes().stream().anyMatch(OnnxWriter::isOfTheRuntime)) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder()
                            .setDomain(FusedOp.DOMAIN)
                            .setVersion(FUSED_OPSET));
        }
        if (!sorted.isEmpty()) {
            sorted.put(GraphHash.PROPERTY, GraphHash.of(model.getGraph()));
        }
        sorted.forEach(
                (key, value) ->
                        model.addMetadataProps(
                                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static boolean isOfTheRuntime(Node node) {
        return node.op() instanceof FusedOp fused && fused.domain().equals(FusedOp.DOMAIN);
    }

    private static GraphProto graph(Graph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(PRODUCER);
        graph.inputs().forEach(input -> proto.addInput(OnnxTypes.valueInfo(input)));
        graph.outputs().forEach(output -> proto.addOutput(OnnxTypes.valueInfo(output)));
        for (Initializer initializer : graph.initializers()) {
            proto.addInitializer(OnnxTypes.tensor(initializer.tensor().name(), initializer.data()));
        }
        Set<Tensor> outputs = new HashSet<>(graph.outputs());
        OnnxNodeWriter lowering = new OnnxNodeWriter(proto);
        for (Node node : graph.nodes()) {
            lowering.add(node);
            for (Tensor tensor : node.outputs()) {
                if (!outputs.contains(tensor)) {
                    proto.addValueInfo(OnnxTypes.valueInfo(tensor));
                }
            }
        }
        return proto.build();
    }
}
