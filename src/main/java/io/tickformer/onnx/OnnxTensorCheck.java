package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/**
 * Checks every tensor of a file: in the graph, in the attributes of nodes, in subgraphs and in
 * functions. Each tensor must have the elements that its shape says, inside the file. With an
 * external location the runtime would read another file or arbitrary memory.
 */
final class OnnxTensorCheck {
    private final List<String> problems;

    private OnnxTensorCheck(List<String> problems) {
        this.problems = problems;
    }

    static void check(ModelProto model, List<String> problems) {
        OnnxTensorCheck check = new OnnxTensorCheck(problems);
        check.check(model.getGraph());
        model.getFunctionsList().forEach(f -> check.check(f.getNodeList()));
    }

    private void check(GraphProto graph) {
        graph.getInitializerList().forEach(t -> check("initializer", t));
        if (graph.getSparseInitializerCount() > 0) {
            problems.add(
                    "the initializer '%s' is sparse, so its shape may require any amount of memory; expected a dense one"
                            .formatted(graph.getSparseInitializer(0).getValues().getName()));
        }
        check(graph.getNodeList());
    }

    private void check(List<NodeProto> nodes) {
        for (NodeProto node : nodes) {
            for (AttributeProto attribute : node.getAttributeList()) {
                String what = "constant of node '%s',".formatted(node.getName());
                if (attribute.hasT()) {
                    check(what, attribute.getT());
                }
                attribute.getTensorsList().forEach(t -> check(what, t));
                if (attribute.hasSparseTensor() || attribute.getSparseTensorsCount() > 0) {
                    problems.add(
                            "the %s '%s', is sparse; expected a dense one"
                                    .formatted(what, attribute.getName()));
                }
                if (attribute.hasG()) {
                    check(attribute.getG());
                }
                attribute.getGraphsList().forEach(this::check);
            }
        }
    }

    private void check(String what, TensorProto tensor) {
        String label = "the %s '%s'".formatted(what, tensor.getName());
        if (tensor.getDataLocation() != DataLocation.DEFAULT || tensor.getExternalDataCount() > 0) {
            problems.add(
                    "%s is stored outside of the file, in '%s'; save the model as one file that contains its weights"
                            .formatted(label, location(tensor)));
            return;
        }
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null || type == DataType.UNDEFINED) {
            problems.add(label + " has no element type");
            return;
        }
        if (tensor.hasSegment()) {
            problems.add(label + " is one segment of several; expected it whole");
        }
        long elements = elements(tensor);
        if (elements < 0) {
            problems.add(
                    "%s has the shape %s; expected non-negative sizes that fit in one file"
                            .formatted(label, tensor.getDimsList()));
            return;
        }
        if (tensor.hasRawData()) {
            checkRaw(label, tensor, type, elements);
        } else {
            checkTyped(label, tensor, type, elements);
        }
    }

    private static String location(TensorProto tensor) {
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals("location")) {
                return entry.getValue();
            }
        }
        return "?";
    }

    /** Number of elements of the shape; -1 if a size is negative or the number overflows. */
    private static long elements(TensorProto tensor) {
        long elements = 1;
        for (long size : tensor.getDimsList()) {
            if (size < 0 || Math.multiplyHigh(elements, size) != 0 || elements * size < 0) {
                return -1;
            }
            elements *= size;
        }
        return elements > Long.MAX_VALUE / Long.SIZE ? -1 : elements;
    }

    private void checkRaw(String label, TensorProto tensor, DataType type, long elements) {
        int bits = OnnxTypes.bits(OnnxTypes.label(tensor.getDataType()));
        long expected = (elements * bits + Byte.SIZE - 1) / Byte.SIZE;
        if (type == DataType.STRING || tensor.getRawData().size() != expected) {
            problems.add(
                    "%s of shape %s holds %d bytes; expected %d"
                            .formatted(
                                    label,
                                    tensor.getDimsList(),
                                    tensor.getRawData().size(),
                                    expected));
        }
    }

    private void checkTyped(String label, TensorProto tensor, DataType type, long elements) {
        long expected =
                switch (type) {
                    case COMPLEX64, COMPLEX128 -> 2 * elements;
                    case UINT4, INT4 -> (elements + 1) / 2;
                    default -> elements;
                };
        long held =
                switch (type) {
                    case FLOAT, COMPLEX64 -> tensor.getFloatDataCount();
                    case DOUBLE, COMPLEX128 -> tensor.getDoubleDataCount();
                    case INT64 -> tensor.getInt64DataCount();
                    case UINT32, UINT64 -> tensor.getUint64DataCount();
                    case STRING -> tensor.getStringDataCount();
                    default -> tensor.getInt32DataCount();
                };
        if (held != expected) {
            problems.add(
                    "%s of shape %s holds %d values; expected %d"
                            .formatted(label, tensor.getDimsList(), held, expected));
        }
    }
}
