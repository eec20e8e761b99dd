package io.tickformer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.Node;
import io.tickformer.testing.Repository;
import io.tickformer.testing.TestSpecs;
import io.tickformer.testing.WatchedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exported files in another language's runtime: ONNX Runtime on WebAssembly, under Node. */
@Timeout(600)
class OnnxWebIT {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int BATCH = 5;

    private static Path web;

    @TempDir private Path folder;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(Node.isPresent(), "Node and npm are on this machine");
        web = Node.install(Repository.root().resolve("src/test/node/onnx-web"));
    }

    @Test
    void theStreamingTransformerAnswersTheSame() throws Exception {
        assertAnswersTheSame(
                TestSpecs.streaming(3_600_000, 8, 6, 24, 3, 32, 4, 64)
                        .withCalendarFeatures(List.of(CalendarFeature.values())));
    }

    @Test
    void theVanillaTransformerAnswersTheSame() throws Exception {
        assertAnswersTheSame(TestSpecs.vanilla(3_600_000, 96, 24, 2, 32, 4, 64));
    }

    private void assertAnswersTheSame(ForecastSpec spec) throws Exception {
        Random random = new Random(21);
        Transformer transformer = new Transformer(spec);
        float[] flat = ModelRuns.parameters(transformer, random);
        byte[] onnx = OnnxWriter.write(transformer.window(flat), Map.of());
        Tokens in = Tokens.random(spec, BATCH, spec.tokens(), random);

        Map<String, float[]> here = ModelRuns.run(onnx, in.feed());
        JsonNode there = runOnTheWeb(onnx, in);

        assertThat(here).containsOnlyKeys(NetworkOutputs.QUANTILES, NetworkOutputs.MEAN);
        assertThat(there.size()).isEqualTo(2);
        here.forEach(
                (name, expected) ->
                        assertThat(floats(there.get(name).get("data")))
                                .usingComparatorWithPrecision(1e-5f)
                                .containsExactly(expected));
        assertThat(there.get(NetworkOutputs.QUANTILES).get("dims").toString())
                .isEqualTo("[%d,24,7]".formatted(BATCH));
    }

    private JsonNode runOnTheWeb(byte[] onnx, Tokens in) throws Exception {
        Path model = Files.write(folder.resolve("model.onnx"), onnx);
        ObjectNode inputs = MAPPER.createObjectNode();
        in.feed()
                .forEach(
                        (name, tensor) -> {
                            ObjectNode node = inputs.putObject(name);
                            node.set("dims", MAPPER.valueToTree(tensor.shape()));
                            node.set("data", MAPPER.valueToTree(tensor.toFloats()));
                            tensor.close();
                        });
        Path json = Files.writeString(folder.resolve("inputs.json"), inputs.toString());
        List<String> command =
                List.of(
                        "node",
                        web.resolve("run.mjs").toString(),
                        model.toString(),
                        json.toString());
        try (WatchedProcess node = WatchedProcess.start("node", command, Map.of())) {
            List<String> lines = node.awaitEnd(Duration.ofMinutes(1)).lines().toList();
            return MAPPER.readTree(lines.get(lines.size() - 1));
        }
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }
}
