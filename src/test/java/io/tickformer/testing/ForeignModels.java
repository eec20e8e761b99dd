package io.tickformer.testing;

import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.Normalisation;
import io.tickformer.spec.SpecJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Forecasters as somebody else might have exported them: step k of the mean is the last value plus
 * k + 1 times the last difference; a quantile forecast is the mean plus the level's offset.
 */
public final class ForeignModels {
    public static final int T = 4;
    public static final int H = 3;

    /** Not ascending, so that the answer needs sorting. */
    private static final float[] OFFSETS = {1, -1};

    public static final List<Double> LEVELS = List.of(0.25, 0.75);

    private ForeignModels() {}

    /** A spec over ticks of a second. */
    public static ForecastSpec spec(ForeignArchitecture architecture) {
        return ForecastSpec.builder()
                .tickMillis(1_000)
                .contextLength(T)
                .horizon(H)
                .quantileLevels(LEVELS)
                .normalisation(new Normalisation(8, 4))
                .architecture(architecture)
                .build();
    }

    /** Reads {@code x [B,T]}, answers {@code mean [B,H]} and {@code q [B,H,Q]}. */
    public static byte[] plain(Dim batch) {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.of(batch, T));
        Tensor mean = mean(g, x);
        g.output("mean", mean);
        g.output("q", quantiles(g, mean));
        return OnnxWriter.write(g.build(), Map.of());
    }

    /** Reads {@code x [T,1,B]}, answers {@code q [Q,B,H]}. */
    public static byte[] transposed() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", new Shape(List.of(Dim.of(T), Dim.of(1), Dim.BATCH)));
        Tensor mean = mean(g, g.squeeze(g.transpose(x, 2, 0, 1), 2));
        g.output("q", g.transpose(quantiles(g, mean), 2, 0, 1));
        return OnnxWriter.write(g.build(), Map.of());
    }

    /** Reads {@code x [B,T,1]} and {@code known [B,T]}, answers {@code mean [B,H]}: known ticks. */
    public static byte[] countingKnownTicks() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(T, 1));
        Tensor known = g.input("known", Shape.batch(T));
        Tensor nothing = g.mul(g.squeeze(x, 2), 0);
        float[] ones = new float[T * H];
        Arrays.fill(ones, 1);
        Tensor sum = g.constant(TensorData.floats(Shape.of(T, H), ones));
        g.output("mean", g.matMul(g.add(known, nothing), sum));
        return OnnxWriter.write(g.build(), Map.of());
    }

    /** The spec that the page on models made elsewhere shows. */
    public static ForecastSpec specOfThePage() throws IOException {
        return SpecJson.read(jsonOfThePage());
    }

    /** The spec file that the page on models made elsewhere shows. */
    public static String jsonOfThePage() throws IOException {
        String page = Repository.read("docs/foreign-models.md");
        int start = page.indexOf("```json\n") + "```json\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    /**
     * A model as the page tells of: the mean is the last value plus a hundredth for every known
     * tick, the quantile forecasts lie evenly about it.
     */
    public static byte[] modelOfThePage() throws IOException {
        ForecastSpec spec = specOfThePage();
        int ticks = spec.contextLength();
        int horizon = spec.horizon();
        int levels = spec.quantileLevels().size();
        float[] last = new float[ticks * horizon];
        Arrays.fill(last, (ticks - 1) * horizon, last.length, 1);
        float[] hundredth = new float[ticks * horizon];
        Arrays.fill(hundredth, 0.01f);
        float[] offsets = new float[levels];
        for (int level = 0; level < levels; level++) {
            offsets[level] = level - levels / 2;
        }
        GraphBuilder g = new GraphBuilder();
        Tensor values = g.squeeze(g.input("past_values", Shape.batch(ticks, 1)), 2);
        Tensor known = g.squeeze(g.input("past_observed_mask", Shape.batch(ticks, 1)), 2);
        Shape shape = Shape.of(ticks, horizon);
        Tensor mean =
                g.add(
                        g.matMul(values, g.constant(TensorData.floats(shape, last))),
                        g.matMul(known, g.constant(TensorData.floats(shape, hundredth))));
        g.output("mean_predictions", mean);
        Tensor around = g.constant(TensorData.floats(Shape.of(1, levels, 1), offsets));
        g.output("quantile_predictions", g.add(g.unsqueeze(mean, 1), around));
        return OnnxWriter.write(g.build(), Map.of());
    }

    /** Reads {@code x [B,T]}, answers {@code mean [B,H]}: the logarithm of the last value. */
    public static byte[] logarithm() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(T));
        Tensor last = g.slice(x, 1, T - 1, T);
        g.output("mean", g.log(g.concat(1, last, last, last)));
        return OnnxWriter.write(g.build(), Map.of());
    }

    /**
     * Reads {@code x [B,T]}, answers {@code mean [B,H]}: the last value. A call that has a last
     * value above 1,000 fails, because it looks up what a table does not have.
     */
    public static byte[] failingAboveAThousand() {
        GraphBuilder g = new GraphBuilder();
        Tensor last = g.squeeze(g.slice(g.input("x", Shape.batch(T)), 1, T - 1, T), 1);
        Tensor above = g.cast(g.sign(g.relu(g.add(last, -1000))), ElementType.INT64);
        Tensor nothing = g.constant(TensorData.floats(Shape.of(1, H), new float[H]));
        g.output("mean", g.add(g.unsqueeze(last, 1), g.gather(nothing, 0, above)));
        return OnnxWriter.write(g.build(), Map.of());
    }

    private static Tensor mean(GraphBuilder g, Tensor x) {
        float[] weights = new float[T * H];
        for (int step = 0; step < H; step++) {
            weights[(T - 1) * H + step] = step + 2;
            weights[(T - 2) * H + step] = -(step + 1);
        }
        return g.matMul(x, g.constant(TensorData.floats(Shape.of(T, H), weights)));
    }

    private static Tensor quantiles(GraphBuilder g, Tensor mean) {
        Tensor offsets = g.constant(TensorData.floats(Shape.of(1, 1, OFFSETS.length), OFFSETS));
        return g.add(g.unsqueeze(mean, 2), offsets);
    }
}
