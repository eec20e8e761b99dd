package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the nodes and tensors of a file, subgraphs included. */
final class OnnxContentsCounter {
    private final List<StoredTensor> tensors = new ArrayList<>();
    private final Map<String, Long> nodesByOp = new TreeMap<>();

    private OnnxContentsCounter() {}

    static OnnxContents of(ModelProto model) {
        OnnxContentsCounter inventory = new OnnxContentsCounter();
        inventory.take(model.getGraph());
        Map<String, Long> opsets = new TreeMap<>();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            opsets.put(OnnxCheck.domain(opset.getDomain()), opset.getVersion());
        }
        return new OnnxContents(
                model.getIrVersion(),
                opsets,
                model.getGraph().getName(),
                model.getDocString(),
                inventory.tensors,
                inventory.nodesByOp);
    }

    private void take(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> tensors.add(stored(tensor)));
        graph.getSparseInitializerList().forEach(each -> tensors.add(stored(each.getValues())));
        for (NodeProto node : graph.getNodeList()) {
            String domain = OnnxCheck.domain(node.getDomain());
            String op = domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType();
            nodesByOp.merge(op, 1L, Long::sum);
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    take(attribute.getG());
                }
                attribute.getGraphsList().forEach(this::take);
            }
        }
    }

    private static StoredTensor stored(TensorProto tensor) {
        String type = OnnxTypes.label(tensor.getDataType());
        long elements = 1;
        for (long size : tensor.getDimsList()) {
            elements = saturatedProduct(elements, size);
        }
        long bits = saturatedProduct(elements, OnnxTypes.bits(type));
        return new StoredTensor(
                tensor.getName(),
                type,
                tensor.getDimsList(),
                elements,
                bits / Byte.SIZE + (bits % Byte.SIZE == 0 ? 0 : 1),
                externalFile(tensor));
    }

    /** A broken file may claim any size; counting must not fail. */
    private static long saturatedProduct(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    private static String externalFile(TensorProto tensor) {
        if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
            return "";
        }
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals("location")) {
                return entry.getValue();
            }
        }
        return "?";
    }
}
