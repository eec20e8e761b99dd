package io.tickformer.serialization;

import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.event.StepScore;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickPiece;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterSerializer;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Values of every kind that flows between tasks, and their bytes as released jobs wrote them. */
final class GoldenValues {
    /**
     * A value with its type.
     *
     * @param <T> the kind of value
     */
    record Golden<T>(TypeInformation<T> type, T value) {
        TypeSerializer<T> serializer() {
            return type.createSerializer(new SerializerConfigImpl());
        }

        /** What Flink keeps of the serializer, and behind it the value. */
        byte[] bytes() throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(
                    out, serializer().snapshotConfiguration());
            serializer().serialize(value, out);
            return out.getCopyOfBuffer();
        }
    }

    private GoldenValues() {}

    /** Values by the names of their files. Never changed, only added to. */
    static Map<String, Golden<?>> all() {
        Observation observation = new Observation("Zähler 7", 1_704_067_200_123L, 0.1);
        DeadLetter letter =
                new DeadLetter(
                        DeadLetterReason.NO_KEY,
                        "there is no key",
                        "in",
                        3,
                        99,
                        -1,
                        "NoTimestampType",
                        null,
                        new byte[] {7, -1},
                        List.of(
                                new OriginalHeader("trace-id", new byte[] {1, 2}),
                                new OriginalHeader("empty", null)));
        Map<String, Golden<?>> all = new LinkedHashMap<>();
        all.put("observation-1", new Golden<>(ObservationSerializer.TYPE, observation));
        all.put("dead-letter-1", new Golden<>(DeadLetterSerializer.TYPE, letter));
        all.put(
                "decoded-observed-1",
                new Golden<>(DecodedSerializer.TYPE, new Decoded.Observed(observation, 17)));
        all.put(
                "decoded-rejected-1",
                new Golden<>(DecodedSerializer.TYPE, new Decoded.Rejected(letter)));
        TickAccumulator several = TickAccumulator.of(720_001, 0.1, Double.NaN, 230);
        several.add(2, 720_005, 231);
        all.put(
                "tick-piece-1",
                new Golden<>(
                        TickPieceSerializer.TYPE,
                        new TickPiece(
                                "Zähler 7",
                                -12,
                                TickAccumulator.of(-720_000, 0.1),
                                Long.MIN_VALUE)));
        all.put(
                "tick-piece-of-channels-1",
                new Golden<>(
                        TickPieceSerializer.TYPE, new TickPiece("Zähler 7", 12, several, 779_999)));
        all.put("forecast-warming-up-1", forecast(ForecastQuality.WARMING_UP, false));
        all.put("forecast-calibrated-1", forecast(ForecastQuality.OK, true));
        all.put("forecast-fallback-1", forecast(ForecastQuality.FALLBACK, true));
        all.put("anomaly-1", anomaly(false));
        all.put("anomaly-withdrawn-1", anomaly(true));
        all.put(
                "score-1",
                new Golden<>(
                        ForecastScoreSerializer.TYPE,
                        new ForecastScore(
                                "Zähler 7",
                                12,
                                720_000,
                                60_000,
                                1,
                                1,
                                0,
                                new double[] {0.8, 0.95},
                                List.of(
                                        new StepScore(
                                                1,
                                                8.5,
                                                0.1,
                                                0.05,
                                                0.2,
                                                Double.NaN,
                                                new double[] {0.75, 1}),
                                        new StepScore(
                                                96,
                                                0,
                                                Double.NaN,
                                                Double.NaN,
                                                Double.NaN,
                                                Double.NaN,
                                                new double[] {Double.NaN, Double.NaN})))));
        all.put(
                "event-1",
                new Golden<>(
                        ForecastEventSerializer.TYPE,
                        ForecastEvent.of(
                                "",
                                12,
                                60_000,
                                ForecastEventKind.DRIFT_BEGAN,
                                "7 of 9 series are forecast worse than usual.",
                                Map.of("series", 9.0, "degraded", 7.0))));
        return all;
    }

    private static Golden<Anomaly> anomaly(boolean isWithdrawn) {
        Anomaly anomaly =
                new Anomaly(
                        "Zähler 7", 12, 720_000, 60_000, 0.1, Double.NaN, 4.5, true, isWithdrawn);
        return new Golden<>(AnomalySerializer.TYPE, anomaly);
    }

    private static Golden<Forecast> forecast(ForecastQuality quality, boolean calibrated) {
        Forecast forecast =
                new Forecast(
                        "Zähler 7",
                        12,
                        720_000,
                        60_000,
                        new double[] {0.1, 0.9},
                        new double[] {1, 2, 3, 4},
                        new double[] {1.5f, 3.5f},
                        "model",
                        "v1",
                        9,
                        quality,
                        calibrated);
        return new Golden<>(ForecastSerializer.TYPE, forecast);
    }

    /** Where the bytes of the values lie. */
    static Path file(String name) {
        return Repository.root()
                .resolve("src/test/resources/state/0.1.0/values")
                .resolve(name + ".hex");
    }

    /** Writes the files of values that have none yet. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, Golden<?>> each : all().entrySet()) {
            Path file = file(each.getKey());
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                String hex = HexFormat.of().formatHex(each.getValue().bytes());
                Files.writeString(
                        file, hex.replaceAll("(.{72})", "$1\n") + "\n", StandardCharsets.US_ASCII);
            }
        }
    }
}
