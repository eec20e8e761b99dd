package io.tickformer.cli.explain;

import io.tickformer.autodiff.Gradients;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.graph.Dim;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Dropout;
import io.tickformer.model.Network;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.Networks;
import io.tickformer.model.ParameterTensors;
import io.tickformer.model.TokenInputs;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.RecurrentArchitecture;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how far back a network looks.
 *
 * <p>For a window and a horizon step, it differentiates the median forecast with respect to the
 * value of every tick of the context, by reverse-mode differentiation of the network. Both are in
 * the unit of the series: a derivative of 0.3 means that the forecast rises by 0.3 if the value of
 * this tick alone rises by 1. The frames (location and scale of each token) are held constant, so
 * the result covers what the network reads and not the frames, which depend on every tick in their
 * memory. Absolute values are averaged over windows; missing ticks are left out.
 *
 * <p>One run differentiates all steps of a window. The batch repeats the window once per step. The
 * differentiated scalar is the sum over rows of each row's own step, so the gradient with respect
 * to a row's values is the derivative of that row's step.
 */
final class Explainer {
    private static final String SEED = "seed";
    private static final String GRADIENT = "gradient";
    private static final String ATTENTION = "attention";

    private final ForecastSpec spec;
    private final Network network;
    private final float[] weights;
    private final List<Integer> steps;
    private final int tokens;
    private final int patch;
    private final TokenEncoder encoder;

    /**
     * @param weights flat, in the order of the network's layout
     * @param steps horizon steps to differentiate, counted from 1
     */
    Explainer(ForecastSpec spec, float[] weights, List<Integer> steps) {
        this.spec = spec;
        this.network = Networks.of(spec);
        this.weights = weights;
        this.steps = List.copyOf(steps);
        this.tokens = spec.tokens();
        this.patch = spec.network().patchLength();
        this.encoder = new TokenEncoder(spec);
    }

    /** Averages over at least one window. */
    Explanation explain(List<SeriesContext> windows) {
        double[][] sums = new double[steps.size()][spec.contextLength()];
        int[] observed = new int[spec.contextLength()];
        List<double[]> attention = new ArrayList<>();
        try (Feed feed = new Feed(steps.size(), 1);
                Feed single = new Feed(1, tokens);
                HostTensor seed = HostTensor.floats(steps.size(), spec.horizon());
                GraphRunner gradients = open(gradientGraph());
                GraphRunner looking = open(attentionGraph())) {
            FloatBuffer ones = seed.floats();
            for (int row = 0; row < steps.size(); row++) {
                ones.put(row * spec.horizon() + steps.get(row) - 1, 1);
            }
            for (SeriesContext window : windows) {
                feed.encode(window);
                Map<String, HostTensor> inputs = feed.inputs();
                inputs.put(SEED, seed);
                add(window, gradients.run(inputs), feed.observed(), sums, observed);
                single.encode(window);
                addAttention(looking, single.inputs(), attention);
            }
        }
        return new Explanation(
                windows.size(),
                influence(sums, observed),
                bySteps(sums, observed),
                maps(attention, windows.size()));
    }

    private static GraphRunner open(GraphBuilder g) {
        return GraphRunner.open(OnnxWriter.write(g.build(), Map.of()), RunnerOptions.SERVING);
    }

    private GraphBuilder gradientGraph() {
        GraphBuilder g = new GraphBuilder();
        int rows = steps.size();
        TokenInputs inputs = TokenInputs.declare(g, spec, Dim.of(rows), tokens, 1);
        NetworkOutputs last =
                network.forwardLast(
                        g, ParameterTensors.initializers(g, network.layout(), weights), inputs);
        int median = nearestTheMedian();
        Tensor medians = g.slice(last.quantiles(), -1, median, median + 1L); // [rows,1,H,1]
        Tensor chosen = g.input(SEED, Shape.of(rows, spec.horizon()));
        Tensor sum = g.sumAll(g.mul(g.reshape(medians, Shape.of(rows, spec.horizon())), chosen));
        List<Tensor> read = new ArrayList<>(List.of(inputs.values()));
        if (inputs.recent() != null) {
            read.add(inputs.recent());
        }
        List<Tensor> gradients = Gradients.of(g, sum, read);
        for (int i = 0; i < read.size(); i++) {
            g.output(GRADIENT + "." + read.get(i).name(), gradients.get(i));
        }
        return g;
    }

    private int nearestTheMedian() {
        List<Double> levels = spec.quantileLevels();
        int nearest = 0;
        for (int q = 1; q < levels.size(); q++) {
            if (Math.abs(levels.get(q) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
                nearest = q;
            }
        }
        return nearest;
    }

    /**
     * The outputs that are computed: the attention weights, {@code [1,h,N,N]} each, and the mean,
     * which every network has.
     */
    private GraphBuilder attentionGraph() {
        GraphBuilder g = new GraphBuilder();
        TokenInputs inputs = TokenInputs.declare(g, spec, Dim.of(1), tokens, tokens);
        List<Tensor> seen = new ArrayList<>();
        NetworkOutputs outputs =
                network.forward(
                        g,
                        ParameterTensors.initializers(g, network.layout(), weights),
                        inputs,
                        Dropout.NONE,
                        (layer, attention) -> seen.add(attention));
        for (int i = 0; i < seen.size(); i++) {
            g.output(ATTENTION + i, seen.get(i));
        }
        g.output(NetworkOutputs.MEAN, outputs.mean());
        return g;
    }

    /** Adds the absolute derivatives of a window, converted to the unit of the series. */
    private void add(
            SeriesContext window,
            Map<String, HostTensor> gradients,
            float[] present,
            double[][] sums,
            int[] observed) {
        float[] byValues = gradients.get(GRADIENT + "." + TokenInputs.VALUES).toFloats();
        float[] byRecent =
                spec.seasonalPath() == null
                        ? new float[0]
                        : gradients.get(GRADIENT + "." + TokenInputs.RECENT).toFloats();
        gradients.values().forEach(HostTensor::close);
        double[] locations = new double[tokens];
        double[] scales = new double[tokens];
        encoder.frames(window, locations, scales);
        int ticks = spec.contextLength();
        for (int row = 0; row < sums.length; row++) {
            double[] derivative = ofRecent(byRecent, row, present);
            for (int tick = 0; tick < ticks; tick++) {
                double unit =
                        scales[tick / patch] == 0 ? 0 : scales[tokens - 1] / scales[tick / patch];
                derivative[tick] += byValues[row * ticks + tick] * unit;
                sums[row][ticks - 1 - tick] += present[tick] * Math.abs(derivative[tick]);
            }
        }
        for (int tick = 0; tick < ticks; tick++) {
            observed[ticks - 1 - tick] += present[tick] == 0 ? 0 : 1;
        }
    }

    /**
     * The seasonal path's part of the derivative by each tick of the context. A missing tick was
     * filled with the value one season earlier, so its part goes to that tick.
     */
    private double[] ofRecent(float[] byRecent, int row, float[] present) {
        double[] derivative = new double[spec.contextLength()];
        int recent = spec.recentTicks();
        int start = spec.contextLength() - recent;
        for (int i = 0; i < recent; i++) {
            int season = spec.seasonalPath().seasonLength();
            int holder = i;
            while (holder >= 0 && present[start + holder] == 0) {
                holder -= season;
            }
            if (holder >= 0) {
                derivative[start + holder] += byRecent[row * recent + i];
            }
        }
        return derivative;
    }

    private Map<Integer, Influence> bySteps(double[][] sums, int[] observed) {
        Map<Integer, Influence> bySteps = new LinkedHashMap<>();
        for (int row = 0; row < sums.length; row++) {
            bySteps.put(steps.get(row), influence(new double[][] {sums[row]}, observed));
        }
        return bySteps;
    }

    private static Influence influence(double[][] sums, int[] observed) {
        double[] mean = new double[observed.length];
        for (double[] row : sums) {
            for (int age = 0; age < mean.length; age++) {
                mean[age] += row[age] / Math.max(1, observed[age]) / sums.length;
            }
        }
        return new Influence(mean);
    }

    /** Adds the weights of each output, head after head. */
    private void addAttention(
            GraphRunner runner, Map<String, HostTensor> inputs, List<double[]> sums) {
        Map<String, HostTensor> outputs = runner.run(inputs);
        for (int i = 0; outputs.containsKey(ATTENTION + i); i++) {
            float[] weightsOf = outputs.get(ATTENTION + i).toFloats();
            if (sums.size() == i) {
                sums.add(new double[weightsOf.length]);
            }
            for (int j = 0; j < weightsOf.length; j++) {
                sums.get(i)[j] += weightsOf[j];
            }
        }
        outputs.values().forEach(HostTensor::close);
    }

    private List<AttentionMap> maps(List<double[]> sums, int windows) {
        List<AttentionMap> maps = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            double[] all = sums.get(i);
            int heads = all.length / tokens / tokens;
            for (int head = 0; head < heads; head++) {
                List<double[]> rows = new ArrayList<>();
                for (int query = 0; query < tokens; query++) {
                    double[] row = new double[tokens];
                    for (int key = 0; key < tokens; key++) {
                        row[key] = all[(head * tokens + query) * tokens + key] / windows;
                    }
                    rows.add(row);
                }
                maps.add(new AttentionMap(place(i, sums.size()), head + 1, rows));
            }
        }
        return maps;
    }

    private String place(int index, int count) {
        if (spec.network() instanceof EnsembleArchitecture ensemble) {
            int each = count / ensemble.members();
            return "member %d, layer %d".formatted(index / each + 1, index % each + 1);
        }
        boolean pooling = spec.network() instanceof RecurrentArchitecture;
        return pooling ? "pooling" : "layer " + (index + 1);
    }

    /** Tensors of a network's inputs; every row holds the same window. */
    private final class Feed implements AutoCloseable {
        private final int rows;
        private final HostTensor values;
        private final HostTensor observed;
        private final HostTensor features;
        private final HostTensor present;
        private final HostTensor recent; // null without a seasonal path

        /**
         * @param answered number of tokens whose forecast is computed. The seasonal path reads
         *     zeros: it is linear, so its derivative does not depend on its input, and neither does
         *     attention
         */
        Feed(int rows, int answered) {
            this.rows = rows;
            values = HostTensor.floats(rows, tokens, patch);
            observed = HostTensor.floats(rows, tokens, patch);
            features = HostTensor.floats(rows, tokens, spec.tokenFeatures());
            present = HostTensor.floats(rows, tokens);
            boolean path = spec.seasonalPath() != null;
            recent = path ? HostTensor.floats(rows, answered, spec.recentTicks()) : null;
        }

        void encode(SeriesContext window) {
            FloatBuffer valuesView = values.floats();
            FloatBuffer observedView = observed.floats();
            FloatBuffer featuresView = features.floats();
            FloatBuffer presentView = present.floats();
            for (int row = 0; row < rows; row++) {
                encoder.encode(window, valuesView, observedView, featuresView, presentView);
            }
        }

        Map<String, HostTensor> inputs() {
            Map<String, HostTensor> inputs = new LinkedHashMap<>();
            inputs.put(TokenInputs.VALUES, values);
            inputs.put(TokenInputs.OBSERVED, observed);
            inputs.put(TokenInputs.FEATURES, features);
            inputs.put(TokenInputs.PRESENT, present);
            if (recent != null) {
                inputs.put(TokenInputs.RECENT, recent);
            }
            return inputs;
        }

        /** The observed flags of all rows; the first T are those of the window. */
        float[] observed() {
            return observed.toFloats();
        }

        @Override
        public void close() {
            values.close();
            observed.close();
            features.close();
            present.close();
            if (recent != null) {
                recent.close();
            }
        }
    }
}
