package io.tickformer.testing;

import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.Normalisation;
import java.util.List;
import java.util.Map;

/**
 * A forecaster of hourly series with a daily season that is good at its trade and has known faults.
 * The forecast of an hour is the mean of that hour in the last three days, moved by how the last
 * day differs from the three. Its intervals are too narrow. Three values of a series break it, all
 * relative to location and scale: below {@value #NOT_FINITE} the answer is not a number, above
 * {@value #FAILS} the call fails.
 */
public final class SeasonalModels {
    public static final long TICK_MILLIS = 3_600_000;
    public static final int SEASON = 24;
    public static final int T = 3 * SEASON;
    public static final int H = 8;
    public static final List<Double> LEVELS = List.of(0.025, 0.1, 0.5, 0.9, 0.975);

    /** Below this last value the answer is not a number. */
    public static final double NOT_FINITE = -8;

    /** Above this last value the call fails. */
    public static final double FAILS = 8;

    private static final double[] NORMAL_SCORES = {-1.96, -1.2816, 0, 1.2816, 1.96};

    /**
     * Standard deviation of the answer, in scales of the series: two thirds of what would be right.
     */
    private static final double SPREAD = 0.24;

    private SeasonalModels() {}

    /** The spec of {@link #onnx}. */
    public static ForecastSpec spec() {
        return ForecastSpec.builder()
                .tickMillis(TICK_MILLIS)
                .contextLength(T)
                .horizon(H)
                .quantileLevels(LEVELS)
                .normalisation(new Normalisation(T, T))
                .architecture(
                        new ForeignArchitecture(
                                new ForeignTensor("x", "BT"),
                                null,
                                new ForeignTensor("q", "BHQ"),
                                null,
                                true))
                .build();
    }

    /** Reads {@code x [B,T]}, answers {@code q [B,H,Q]}. */
    public static byte[] onnx() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(T));
        Tensor last = g.slice(x, 1, T - 1, T);
        Tensor notANumber = g.mul(g.log(g.add(last, -NOT_FINITE)), 0);
        Tensor above = g.cast(g.sign(g.relu(g.add(g.squeeze(last, 1), -FAILS))), ElementType.INT64);
        Tensor table = g.constant(TensorData.floats(Shape.of(1, 1), new float[1]));
        Tensor centre = g.matMul(x, g.constant(TensorData.floats(Shape.of(T, H), weights())));
        Tensor broken = g.add(notANumber, g.gather(table, 0, above));
        float[] offsets = new float[NORMAL_SCORES.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) (SPREAD * NORMAL_SCORES[i]);
        }
        Tensor around = g.constant(TensorData.floats(Shape.of(1, 1, offsets.length), offsets));
        g.output("q", g.add(g.unsqueeze(g.add(centre, broken), 2), around));
        return OnnxWriter.write(g.build(), Map.of());
    }

    private static float[] weights() {
        float[] weights = new float[T * H];
        for (int step = 0; step < H; step++) {
            for (int tick = 0; tick < T; tick++) {
                double weight = tick >= T - SEASON ? 1.0 / SEASON - 1.0 / T : -1.0 / T;
                weights[tick * H + step] = (float) weight;
            }
            for (int day = 0; day < T; day += SEASON) {
                weights[(day + step) * H + step] += 1.0f / 3;
            }
        }
        return weights;
    }
}
