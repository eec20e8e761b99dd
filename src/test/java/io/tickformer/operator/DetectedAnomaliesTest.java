package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.event.Anomaly;
import io.tickformer.event.Tick;
import io.tickformer.testing.TestModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The anomalies that {@code tickformer detect} finds are those of the running operator. */
final class DetectedAnomaliesTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.CHANNELS, 7);
    private static final double GONE = Double.NaN;

    @TempDir private Path folder;

    /** Records of two meters with gaps, values missing, spikes and a shift of level. */
    private static List<Tick> records() {
        Random random = new Random(5);
        List<Tick> records = new ArrayList<>();
        for (int tick = 0; tick < 700; tick++) {
            for (int meter = 1; meter <= 2; meter++) {
                if (random.nextInt(20) == 0) {
                    continue;
                }
                double spike = tick % 150 == 149 ? 50 * meter : 0;
                double power = 3 * TestModels.wave(tick) + random.nextGaussian() + spike;
                double voltage =
                        random.nextInt(4) == 0
                                ? GONE
                                : (tick > 500 ? 200 : 230) + random.nextGaussian();
                double angle = tick < 40 && meter == 1 ? GONE : random.nextGaussian();
                records.add(new Tick("m" + meter, tick, new double[] {power, voltage, angle}));
            }
        }
        return records;
    }

    @Test
    void theAnomaliesOfChannelsInAFileAreThoseOfTheRunningOperator() throws Exception {
        List<Tick> records = records();
        List<Anomaly> expected = new ArrayList<>();
        try (OperatorHarness operator =
                OperatorHarness.open(
                        MODEL,
                        ForecastOperatorSettings.DEFAULT,
                        new HashMapStateBackend(),
                        null,
                        1,
                        0)) {
            operator.ticks(records);
            operator.flink().endInput();
            expected.addAll(operator.side(FeedbackOutputs.ANOMALIES));
        }
        expected.sort(
                Comparator.comparing(DetectedAnomaliesTest::meter)
                        .thenComparing(DetectedAnomaliesTest::channel)
                        .thenComparing(Anomaly::tickIndex));
        assertThat(expected)
                .extracting(Anomaly::series)
                .contains("m1/power", "m1/voltage", "m2/power", "m2/voltage");

        List<JsonNode> found = detect(records);

        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            Anomaly wanted = expected.get(i);
            JsonNode line = found.get(i);
            assertThat(line.get("series").asText()).isEqualTo(wanted.series());
            assertThat(line.get("tick_index").asLong()).isEqualTo(wanted.tickIndex());
            assertThat(line.get("value").asDouble()).isEqualTo(wanted.value());
            assertThat(line.get("score").asDouble()).isCloseTo(wanted.score(), within(1e-3));
        }
    }

    private static String meter(Anomaly anomaly) {
        return anomaly.series().substring(0, 2);
    }

    private static int channel(Anomaly anomaly) {
        return TestModels.CHANNELS.channels().indexOf(anomaly.series().substring(3));
    }

    private List<JsonNode> detect(List<Tick> records) throws Exception {
        StringBuilder csv = new StringBuilder("time,meter,power,voltage,phase.angle\n");
        for (Tick tick : records) {
            csv.append(Instant.ofEpochMilli(tick.index() * OperatorHarness.TICK_MILLIS));
            csv.append(',').append(tick.series());
            for (double value : tick.values()) {
                csv.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
            }
            csv.append('\n');
        }
        Path data = Files.writeString(folder.resolve("meters.csv"), csv);
        StringWriter out = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(
                                "detect",
                                "--model=" + Files.write(folder.resolve("m.onnx"), MODEL),
                                "--data=" + data,
                                "--key-column=meter",
                                "--columns=power,voltage,phase.angle",
                                "--tick=1m",
                                "--json");
        assertThat(code).isEqualTo(ExitCodes.OK);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
