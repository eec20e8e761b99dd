package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.tickformer.console.ExitCodes;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command reports a faulty model file with one line and an exit code. */
final class ModelDoorsTest {
    private static final ForecastSpec SPEC = TestModels.STREAMING;
    private static final byte[] SOUND = TestModels.transformer(SPEC, 7);

    @TempDir private Path folder;

    @Test
    void everyCommandTakesASoundModelAndNoFaultyOne() throws IOException {
        Path data = folder.resolve("data.csv");
        StringBuilder csv = new StringBuilder("time,a\n");
        for (int minute = 0; minute < 60; minute++) {
            csv.append(60L * minute).append(',').append(minute % 5).append('\n');
        }
        Files.writeString(data, csv);
        Path sound = Files.write(folder.resolve("sound.onnx"), SOUND);
        assertThat(run(commands(sound.toString(), data.toString()).get(1))).isEmpty();

        for (Map.Entry<String, byte[]> fault : faults().entrySet()) {
            Path file = Files.write(folder.resolve(fault.getKey() + ".onnx"), fault.getValue());
            for (List<String> command : commands(file.toString(), data.toString())) {
                assertOneLine(fault.getKey(), command, file);
            }
        }
        Path directory = Files.createDirectory(folder.resolve("directory.onnx"));
        for (List<String> command : commands(directory.toString(), data.toString())) {
            assertOneLine("directory", command, directory);
        }
    }

    private List<List<String>> commands(String model, String data) {
        return List.of(
                List.of("inspect", model),
                List.of(
                        "plan",
                        "--series",
                        "9",
                        "--tick",
                        "1m",
                        "--cost-micros",
                        "9,9",
                        "--model",
                        model),
                List.of(
                        "backtest",
                        "--model",
                        model,
                        "--data",
                        data,
                        "--report",
                        folder.resolve("r.html").toString()),
                List.of(
                        "explain",
                        "--model",
                        model,
                        "--data",
                        data,
                        "--output",
                        folder.resolve("e.html").toString()),
                List.of(
                        "train",
                        "--from",
                        model,
                        "--data",
                        data,
                        "--output",
                        folder.resolve("m.onnx").toString()),
                List.of("demo", "--headless", "--model", model),
                List.of(
                        "run",
                        "--kafka.bootstrap-servers=b:1",
                        "--registry.url=http://r",
                        "--model.path=" + model));
    }

    private void assertOneLine(String fault, List<String> command, Path file) {
        assertThat(run(command))
                .as("%s given a file with the fault %s", command.get(0), fault)
                .startsWith("error: ")
                .contains(file.toString())
                .endsWith("\n")
                .hasLineCount(1);
    }

    /** What comes on standard error, where the command ends as mistakes of the user do. */
    private static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(arguments.toArray(String[]::new));
        assertThat(code)
                .as(err.toString())
                .isEqualTo(err.toString().isEmpty() ? ExitCodes.OK : ExitCodes.USER_ERROR);
        return err.toString();
    }

    private static Map<String, byte[]> faults() throws IOException {
        Map<String, byte[]> faults = new LinkedHashMap<>();
        for (int length : new int[] {0, 1, 2, 10, 100, SOUND.length / 2, SOUND.length - 1}) {
            faults.put("first-%d-bytes".formatted(length), Arrays.copyOf(SOUND, length));
        }
        byte[] random = new byte[5_000];
        new Random(3).nextBytes(random);
        faults.put("random", random);
        faults.put("text", "this is no model\n".getBytes(StandardCharsets.UTF_8));
        faults.put("flipped-bit-of-a-weight", flipped());
        faults.put("opset-too-new", changed(m -> m.getOpsetImportBuilder(0).setVersion(99)));
        faults.put("opset-too-old", changed(m -> m.getOpsetImportBuilder(0).setVersion(3)));
        faults.put("opset-missing", changed(m -> m.clearOpsetImport()));
        faults.put("op-unknown", changed(m -> node(m).getNodeBuilder(0).setOpType("Nonsense")));
        faults.put(
                "op-of-another-domain",
                changed(
                        m -> {
                            m.addOpsetImport(
                                    OperatorSetIdProto.newBuilder()
                                            .setDomain("my.ops")
                                            .setVersion(1));
                            node(m).getNodeBuilder(0).setDomain("my.ops");
                        }));
        faults.put("weights-not-finite", notFinite());
        for (String location :
                List.of("/etc/passwd", "../weights", "weights", "*/_ORT_MEM_ADDR_/*")) {
            faults.put(
                    "external-" + location.replaceAll("\\W", "_"),
                    changed(m -> external(m, location)));
        }
        faults.put(
                "huge-shape",
                changed(
                        m ->
                                node(m).getInitializerBuilder(0)
                                        .clearDims()
                                        .addDims(1L << 40)
                                        .addDims(1L << 40)));
        faults.put("spec-no-json", property("{"));
        faults.put("spec-null", property("null"));
        faults.put("spec-empty", property("{}"));
        faults.put(
                "spec-of-another-horizon",
                spec(SPEC.toBuilder().tickMillis(60_000).horizon(9).build()));
        faults.put("spec-of-other-levels", spec(SPEC.withQuantileLevels(List.of(0.5))));
        faults.put("spec-of-channels", spec(TestModels.CHANNELS));
        faults.put("spec-of-another-network", spec(TestModels.VANILLA));
        faults.put(
                "spec-of-huge-context",
                property(
                        json(SPEC)
                                .replace("\"contextLength\":10", "\"contextLength\":2000000000")));
        return faults;
    }

    private static GraphProto.Builder node(ModelProto.Builder model) {
        return model.getGraphBuilder();
    }

    private static byte[] changed(Consumer<ModelProto.Builder> change) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(SOUND).toBuilder();
        change.accept(model);
        return model.build().toByteArray();
    }

    private static void external(ModelProto.Builder model, String location) {
        TensorProto.Builder tensor = node(model).getInitializerBuilder(0);
        tensor.clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    private static byte[] flipped() throws IOException {
        return changed(
                m -> {
                    TensorProto.Builder tensor = node(m).getInitializerBuilder(0);
                    byte[] raw = tensor.getRawData().toByteArray();
                    raw[1] ^= 4;
                    tensor.setRawData(ByteString.copyFrom(raw));
                });
    }

    private static byte[] notFinite() {
        float[] weights = TestModels.weights(SPEC, 7);
        weights[5] = Float.NaN;
        return OnnxWriter.write(
                Networks.of(SPEC).window(weights),
                new ModelMetadata(SPEC, "test", "1", "", "").toProperties());
    }

    private static byte[] spec(ForecastSpec claimed) {
        return OnnxWriter.write(
                Networks.of(SPEC).window(TestModels.weights(SPEC, 7)),
                new ModelMetadata(claimed, "test", "1", "", "").toProperties());
    }

    private static String json(ForecastSpec spec) {
        return SpecJson.write(spec);
    }

    private static byte[] property(String json) {
        Map<String, String> properties =
                new LinkedHashMap<>(new ModelMetadata(SPEC, "test", "1", "", "").toProperties());
        properties.put("tickformer.spec", json);
        return OnnxWriter.write(Networks.of(SPEC).window(TestModels.weights(SPEC, 7)), properties);
    }
}
