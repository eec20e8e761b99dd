package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.Locale;

/** Converts element types, shapes and elements to those of ONNX. */
final class OnnxTypes {
    private OnnxTypes() {}

    static TensorProto.DataType dataType(ElementType type) {
        return switch (type) {
            case FLOAT -> TensorProto.DataType.FLOAT;
            case DOUBLE -> TensorProto.DataType.DOUBLE;
            case INT32 -> TensorProto.DataType.INT32;
            case INT64 -> TensorProto.DataType.INT64;
            case BOOL -> TensorProto.DataType.BOOL;
        };
    }

    /** Name of an element type in ONNX, for example {@code float16}. */
    static String label(int dataType) {
        TensorProto.DataType known = TensorProto.DataType.forNumber(dataType);
        return known == null ? "type " + dataType : known.name().toLowerCase(Locale.ROOT);
    }

    /** Size of an element by the name of its type; 0 if it has no fixed size. */
    static int bits(String label) {
        if (label.startsWith("float8")) {
            return 8;
        }
        return switch (label) {
            case "uint4", "int4", "float4e2m1" -> 4;
            case "bool", "uint8", "int8" -> 8;
            case "float16", "bfloat16", "uint16", "int16" -> 16;
            case "float", "uint32", "int32" -> 32;
            case "double", "uint64", "int64", "complex64" -> 64;
            case "complex128" -> 128;
            default -> 0;
        };
    }

    static ValueInfoProto valueInfo(Tensor tensor) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dim dim : tensor.shape().dims()) {
            if (dim.isFixed()) {
                shape.addDimBuilder().setDimValue(dim.size());
            } else {
                shape.addDimBuilder().setDimParam(dim.toString());
            }
        }
        return valueInfo(tensor.name(), tensor.type(), shape);
    }

    static ValueInfoProto valueInfo(String name, ElementType type, TensorShapeProto.Builder shape) {
        TypeProto.Tensor.Builder tensorType =
                TypeProto.Tensor.newBuilder().setElemType(dataType(type).getNumber());
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensorType.setShape(shape)))
                .build();
    }

    static TensorProto tensor(String name, TensorData data) {
        TensorProto.Builder proto =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(dataType(data.type()).getNumber())
                        .setRawData(ByteString.copyFrom(data.bytes()));
        data.shape().dims().forEach(dim -> proto.addDims(dim.size()));
        return proto.build();
    }
}
