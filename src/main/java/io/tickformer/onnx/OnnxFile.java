package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tickformer.annotation.Internal;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphException;
import io.tickformer.graph.Shape;
import io.tickformer.graph.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads metadata, inputs, outputs and weights of an ONNX file of any producer. */
@Internal
public final class OnnxFile {
    private final ModelProto model;

    private OnnxFile(ModelProto model) {
        this.model = model;
    }

    /**
     * Reads the bytes of an ONNX file.
     *
     * @throws OnnxException if they are not an ONNX file
     */
    public static OnnxFile read(byte[] bytes) {
        return new OnnxFile(parse(bytes));
    }

    ModelProto model() {
        return model;
    }

    static ModelProto parse(byte[] bytes) {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            boolean endsEarly = String.valueOf(e.getMessage()).contains("truncated");
            throw new OnnxException(
                    "the given %d bytes are not an ONNX file%s"
                            .formatted(
                                    bytes.length,
                                    endsEarly
                                            ? ", or only the beginning of one"
                                            : ": " + e.getMessage()),
                    e);
        }
        if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
            throw new OnnxException(
                    "the given %d bytes are not an ONNX file: they hold no graph or no opset"
                            .formatted(bytes.length));
        }
        return model;
    }

    /** The contents of the file: opsets, nodes and tensors. */
    public OnnxContents contents() {
        return OnnxContentsCounter.of(model);
    }

    /** The metadata properties, sorted by key. */
    public Map<String, String> metadata() {
        Map<String, String> properties = new TreeMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            properties.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(properties);
    }

    /** The bytes of this file with other metadata properties. */
    public byte[] withMetadata(Map<String, String> properties) {
        ModelProto.Builder changed = model.toBuilder().clearMetadataProps();
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            changed.addMetadataProps(
                    StringStringEntryProto.newBuilder()
                            .setKey(property.getKey())
                            .setValue(property.getValue()));
        }
        return changed.build().toByteArray();
    }

    public String producerName() {
        return model.getProducerName();
    }

    public String producerVersion() {
        return model.getProducerVersion();
    }

    /** The inputs in the order of the file, without initializers. */
    public List<TensorInfo> inputs() {
        Set<String> initializers = new HashSet<>();
        model.getGraph().getInitializerList().forEach(t -> initializers.add(t.getName()));
        List<TensorInfo> inputs = new ArrayList<>();
        for (ValueInfoProto input : model.getGraph().getInputList()) {
            if (!initializers.contains(input.getName())) {
                inputs.add(info(input));
            }
        }
        return inputs;
    }

    /** The outputs in the order of the file. */
    public List<TensorInfo> outputs() {
        return model.getGraph().getOutputList().stream().map(OnnxFile::info).toList();
    }

    /**
     * The weights and constants of the graph by name, in the order of the file. Only the element
     * types float, double, int32, int64 and bool are read.
     *
     * @throws OnnxException if elements are missing from the file
     */
    public Map<String, TensorData> initializers() {
        Map<String, TensorData> initializers = new LinkedHashMap<>();
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            for (ElementType type : ElementType.values()) {
                if (OnnxTypes.dataType(type).getNumber() == tensor.getDataType()) {
                    initializers.put(tensor.getName(), data(tensor, type));
                }
            }
        }
        return Collections.unmodifiableMap(initializers);
    }

    private static TensorInfo info(ValueInfoProto value) {
        TypeProto.Tensor type = value.getType().getTensorType();
        List<String> dims = new ArrayList<>();
        for (Dimension dim : type.getShape().getDimList()) {
            dims.add(
                    switch (dim.getValueCase()) {
                        case DIM_VALUE -> Long.toString(dim.getDimValue());
                        case DIM_PARAM -> dim.getDimParam();
                        case VALUE_NOT_SET -> "?";
                    });
        }
        return new TensorInfo(value.getName(), OnnxTypes.label(type.getElemType()), dims);
    }

    private static TensorData data(TensorProto tensor, ElementType type) {
        long[] sizes = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        try {
            return TensorData.ofBytes(type, Shape.of(sizes), bytes(tensor, type));
        } catch (GraphException e) {
            throw new OnnxException(
                    "the initializer %s cannot be read: %s"
                            .formatted(tensor.getName(), e.getMessage()),
                    e);
        }
    }

    private static byte[] bytes(TensorProto tensor, ElementType type) {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new OnnxException(
                    "the initializer %s is stored in another file; expected its elements in this one"
                            .formatted(tensor.getName()));
        }
        if (tensor.hasRawData()) {
            return tensor.getRawData().toByteArray();
        }
        return switch (type) {
            case FLOAT -> put(tensor.getFloatDataList(), type, ByteBuffer::putFloat);
            case DOUBLE -> put(tensor.getDoubleDataList(), type, ByteBuffer::putDouble);
            case INT32 -> put(tensor.getInt32DataList(), type, ByteBuffer::putInt);
            case INT64 -> put(tensor.getInt64DataList(), type, ByteBuffer::putLong);
            case BOOL -> put(tensor.getInt32DataList(), type, (b, v) -> b.put(v.byteValue()));
        };
    }

    private static <V> byte[] put(List<V> values, ElementType type, BiConsumer<ByteBuffer, V> put) {
        byte[] bytes = new byte[Math.multiplyExact(values.size(), type.bytes())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (V value : values) {
            put.accept(buffer, value);
        }
        return bytes;
    }
}
