package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tickformer.graph.Graph;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelExportTest {
    private static final float[] WEIGHTS = TestModels.weights(TestModels.STREAMING, 1);

    @Test
    void aFileAsItShouldBeIsExported() throws Exception {
        byte[] file = new ModelExport(TestModels.STREAMING, WEIGHTS).write("name", "data", "");

        assertThat(ModelProto.parseFrom(file).getGraph().getValueInfoCount()).isPositive();
    }

    @Test
    void aFileThatIsNotAsItShouldBeIsNotExported() {
        ModelExport export =
                new ModelExport(TestModels.STREAMING, WEIGHTS, ModelExportTest::withoutTypes);

        assertThatThrownBy(() -> export.write("name", "data", ""))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("has no type");
    }

    @Test
    void theVersionIsAHashOfTheCanonicalJsonAndTheWeights() {
        ForecastSpec other = TestModels.STREAMING.withTickMillis(1);

        assertThat(new ModelExport(TestModels.STREAMING, WEIGHTS).version())
                .isEqualTo("f250540c1e34")
                .isNotEqualTo(new ModelExport(other, WEIGHTS).version());
    }

    private static byte[] withoutTypes(Graph graph, Map<String, String> metadata) {
        try {
            ModelProto.Builder file =
                    ModelProto.parseFrom(OnnxWriter.write(graph, metadata)).toBuilder();
            file.getGraphBuilder().clearValueInfo();
            return file.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
