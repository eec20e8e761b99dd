package io.tickformer.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.context.MemoryStore;
import io.tickformer.context.SeriesContext;
import io.tickformer.model.Networks;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void aModelOfOursTellsItsSpecSizesAndCosts() throws IOException {
        Path file = write("own.onnx", TestModels.transformer(TestModels.STREAMING, 7));

        assertThat(inspect(file.toString(), "--json")).as(err.toString()).isEqualTo(ExitCodes.OK);

        assertThat(out.toString())
                .contains(file + ": model test, version 1, by Tickformer 0")
                .containsPattern("tickMillis +60000 \\(1 min\\)")
                .containsPattern("contextLength +10 ticks \\(10 min\\)")
                .containsPattern("architecture.kind +transformer")
                .containsPattern("embed.weight +float\\[6, 8], 48")
                .containsPattern("input +values float\\[B,5,2]")
                .containsPattern("alone +[\\d.,]+ µs on one thread here")
                .containsPattern("64 at once +[\\d.,]+ µs on one thread here");
        JsonNode json = lastLine();
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(json.get("model_name").asText()).isEqualTo("test");
        assertThat(json.get("opsets").get("ai.onnx").asInt()).isEqualTo(20);
        assertThat(json.get("spec"))
                .isEqualTo(new ObjectMapper().readTree(SpecJson.write(TestModels.STREAMING)));
        assertThat(json.get("parameters").asInt())
                .isEqualTo(Networks.of(TestModels.STREAMING).layout().size());
        assertThat(json.get("nodes_by_op").get("MatMul").asInt()).isPositive();
        assertThat(json.get("runs").asBoolean()).isTrue();
        assertThat(json.get("micros_at_micro_batch_1").asDouble()).isPositive();
        assertThat(json.get("micros_at_micro_batch_64").asDouble()).isPositive();
        assertThat(json.get("floating_point_operations").asLong())
                .isGreaterThan(json.get("floating_point_operations_in_products").asLong());
        assertThat(json.get("state_bytes_per_series").asInt())
                .isEqualTo(bytesOfAFullContext(TestModels.STREAMING.ringTicks()));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aForeignModelWithoutASpecIsDescribedAndNotRun() throws IOException {
        Path file = write("theirs.onnx", ForeignModels.modelOfThePage());

        assertThat(inspect(file.toString(), "--json")).as(err.toString()).isEqualTo(ExitCodes.OK);

        assertThat(out.toString())
                .contains(file + ": an ONNX file without a Tickformer spec")
                .containsPattern("input +past_values float\\[B,96,1]")
                .containsPattern("output +mean_predictions float\\[B,24]")
                .contains("not run: without a spec its inputs are unknown; give --spec");
        JsonNode json = lastLine();
        assertThat(json.has("spec")).isFalse();
        assertThat(json.get("runs").asBoolean()).isTrue();
        assertThat(json.has("micros_at_micro_batch_1")).isFalse();
        assertThat(json.get("inputs").get(0).toString())
                .isEqualTo(
                        "{\"name\":\"past_values\",\"type\":\"float\",\"shape\":[\"B\",\"96\",\"1\"]}");
        assertThat(json.get("parameters").asInt()).isGreaterThanOrEqualTo(2 * 96 * 24);
    }

    @Test
    void aForeignModelWithItsSpecIsRun() throws IOException {
        Path file = write("theirs.onnx", ForeignModels.modelOfThePage());
        Path spec = folder.resolve("theirs.json");
        Files.writeString(spec, ForeignModels.jsonOfThePage());

        int exitCode = inspect(file.toString(), "--spec", spec.toString(), "--json");

        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCodes.OK);
        JsonNode json = lastLine();
        assertThat(json.get("spec").get("architecture").get("kind").asText()).isEqualTo("foreign");
        assertThat(json.get("micros_at_micro_batch_64").asDouble()).isPositive();
        assertThat(json.get("state_bytes_per_series").asInt()).isEqualTo(bytesOfAFullContext(288));
    }

    @Test
    void weightsInOtherFilesAreNamed() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(ForeignModels.modelOfThePage()).toBuilder();
        TensorProto.Builder weights = model.getGraphBuilder().getInitializerBuilder(0);
        weights.clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("weights.bin"));
        Path file = write("apart.onnx", model.build().toByteArray());

        assertThat(inspect(file.toString(), "--json")).isEqualTo(ExitCodes.USER_ERROR);

        assertThat(lastLine().get("external_files").toString()).isEqualTo("[\"weights.bin\"]");
        assertThat(err.toString())
                .isEqualTo(
                        "error: %s: it does not run here: weights are stored in other files"
                                        .formatted(file)
                                + " (weights.bin); expected one file: export it without"
                                + " external data\n");
    }

    @Test
    void whatIsNoOnnxFileIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("load.csv"), "time,load\n2026-01-01,1\n");
        assertRefused(text, "the given 23 bytes are not an ONNX file: ");
        byte[] whole = TestModels.streaming();
        Path half = write("half.onnx", Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                half,
                "the given %d bytes are not an ONNX file, or only the beginning of one"
                        .formatted(whole.length / 2));
        Path empty = write("empty.onnx", new byte[0]);
        assertRefused(
                empty, "the given 0 bytes are not an ONNX file: they hold no graph or no opset");
        assertRefused(folder, "this is a directory; expected an ONNX file");
        assertRefused(folder.resolve("gone.onnx"), "no such file or directory");
    }

    @Test
    void anOpsetTooNewForTheRuntimeIsOneLineAfterTheFacts() throws IOException {
        Path file = write("newer.onnx", withOpset(ForeignModels.modelOfThePage(), 99));

        assertThat(inspect(file.toString())).isEqualTo(ExitCodes.USER_ERROR);

        assertThat(out.toString()).contains("opset 99").contains("past_values");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("error: " + file + ": it does not run here: ")
                .contains("it is of opset 99 of domain ai.onnx; ONNX Runtime here knows opsets up");
    }

    @Test
    void aSpecThatDoesNotFitIsOneLine() throws IOException {
        Path file = write("theirs.onnx", ForeignModels.modelOfThePage());
        Path spec = folder.resolve("theirs.json");
        Files.writeString(spec, ForeignModels.jsonOfThePage().replace("past_values", "past"));
        assertThat(inspect(file.toString(), "--spec=" + spec)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("it does not run here: ").contains("past");

        Files.writeString(spec, "{\"formatVersion\":1}");
        err.getBuffer().setLength(0);
        assertThat(inspect(file.toString(), "--spec=" + spec)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("error: " + spec + ": ");
    }

    @Test
    void controlSignsOfAFileDoNotReachTheTerminal() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(ForeignModels.modelOfThePage()).toBuilder();
        model.setProducerName("evil\u001b[2Jname\nnext");
        Path file = write("evil.onnx", model.build().toByteArray());

        assertThat(inspect(file.toString())).isEqualTo(ExitCodes.OK);

        assertThat(out.toString()).contains("evil?[2Jname next").doesNotContain("\u001b");
    }

    private static byte[] withOpset(byte[] onnx, int opset) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(onnx).toBuilder()
                .clearOpsetImport()
                .addAllOpsetImport(
                        List.of(OperatorSetIdProto.newBuilder().setVersion(opset).build()))
                .build()
                .toByteArray();
    }

    private static int bytesOfAFullContext(int ticks) {
        SeriesContext context = new SeriesContext(ticks);
        for (int tick = 0; tick < ticks; tick++) {
            context.update(tick, 1);
        }
        MemoryStore store = new MemoryStore();
        context.writeTo(store);
        return store.bytes().length;
    }

    private void assertRefused(Path file, String words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(inspect(file.toString())).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("error: " + file + ": " + words);
        assertThat(out.toString()).isEmpty();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private int inspect(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private JsonNode lastLine() throws IOException {
        List<String> lines = out.toString().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
}
