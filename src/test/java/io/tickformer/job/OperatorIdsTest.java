package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names the job keeps its state: another name is state lost. */
@Timeout(300)
final class OperatorIdsTest {
    @TempDir private Path folder;

    @Test
    void everyOperatorHasANameOfItsOwn() throws Exception {
        assertThat(nodes("value"))
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull()
                .doesNotHaveDuplicates()
                .contains("records", "observations", "watermark", "ticks", "forecasts", "late")
                .contains("forecast-sink", "dead-letter-sink", "late-sink");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canonical", "channels"})
    void everyStateOfAReleasedJobHasAnOperatorNow(String name) throws Exception {
        Set<OperatorID> now =
                nodes(name.equals(GoldenSavepoints.CHANNELS) ? "kw,volt" : "value").stream()
                        .map(node -> Savepoint.id(node.getTransformationUID()))
                        .collect(Collectors.toSet());
        Savepoint savepoint = Savepoint.read(GoldenSavepoints.path(name).toString());

        assertThat(savepoint.withState())
                .extracting(OperatorState::getOperatorID)
                .isNotEmpty()
                .isSubsetOf(now);
    }

    private List<StreamNode> nodes(String fields) throws Exception {
        byte[] model =
                TestModels.transformer(
                        fields.equals("value")
                                ? GoldenSavepoints.SPEC
                                : GoldenSavepoints.SPEC.withChannels(GoldenSavepoints.FIELDS),
                        1);
        return List.copyOf(
                ForecastJob.prepare(
                                JobSettings.parse(
                                        "--kafka.bootstrap-servers=localhost:1",
                                        "--kafka.preflight=false",
                                        "--model.path="
                                                + Files.write(folder.resolve("m.onnx"), model),
                                        "--source.format=json",
                                        "--source.value-fields=" + fields,
                                        "--sink.format=json",
                                        "--sink.late-topic=late"))
                        .getStreamGraph()
                        .getStreamNodes());
    }
}
