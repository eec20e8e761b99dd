package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Dim;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * The graphs of incremental evaluation, with the same network and weights as the window graph.
 *
 * <p><b>Why the results are equal.</b> With attention banded to W tokens of one phase, the output
 * of a layer at token n depends on its inputs at the tokens n, n-1, ..., n-W+1 of that phase. Those
 * inputs were computed when those tokens arrived, from earlier tokens alone, and no later token
 * changes them. So cached keys and values are equal to those of a recomputation over all {@code P
 * (L (W - 1) + 1)} ticks, at any depth. Rotary positions enter products as differences only (Su et
 * al. 2021, section 3.4.1), so it does not matter that the window counts tokens from its own start
 * and a stream from the beginning of time.
 *
 * <p><b>Graphs.</b> <em>Prefill</em> is the window graph with additional outputs: the keys and
 * values of the last W - 1 tokens of each layer. <em>Incremental</em> reads one token and the
 * cached keys and values, computes the forecast at that token, and adds its own keys and values to
 * the cache. Both rotate keys by the absolute index of their token. The angles are inputs, because
 * no constant table can hold every index of an endless stream.
 *
 * <p><b>Cost.</b> An incremental evaluation takes about {@code L (8 d² + 4 d F + 4 W d)}
 * floating-point operations and reads {@code 2 L W d} cached floats.
 */
@Internal
public final class IncrementalGraphs {
    private static final double ROTARY_BASE = 10_000;

    private final ForecastSpec spec;
    private final Network network;
    private final CacheLayout layout;

    /**
     * The graphs of a spec.
     *
     * @throws IllegalArgumentException if its network does not support incremental evaluation
     */
    public IncrementalGraphs(ForecastSpec spec) {
        this.layout = CacheLayout.of(spec);
        this.spec = spec;
        this.network = Networks.of(spec);
    }

    /** The layout of the key-value cache. */
    public CacheLayout layout() {
        return layout;
    }

    /** The learned tensors. */
    public ParameterLayout parameters() {
        return network.layout();
    }

    /**
     * The rotary angle of each pair of a head, in radians per token, {@code w/2} of them; all zero
     * without rotary positions.
     */
    public double[] rotaryAngles() {
        TransformerArchitecture transformer = single();
        double[] rotaryAngles = new double[layout.headWidth() / 2];
        int half = transformer.headWidth() / 2;
        boolean rotary = transformer.positions() == PositionEncoding.ROTARY;
        for (int i = 0; i < half && rotary; i++) {
            rotaryAngles[i] = Math.pow(ROTARY_BASE, -1.0 * i / half);
        }
        return rotaryAngles;
    }

    private TransformerArchitecture single() {
        NetworkArchitecture architecture = spec.network();
        return (TransformerArchitecture)
                (architecture instanceof EnsembleArchitecture ensemble
                        ? ensemble.member()
                        : architecture);
    }

    /**
     * The incremental graph. Inputs: those of {@link IncrementalInputs}. Outputs: {@code quantiles
     * [B,H,Q]}, {@code mean [B,H]} and the extended keys and values.
     *
     * @param flat the parameters
     */
    public Graph incremental(float[] flat) {
        GraphBuilder g = GraphBuilder.fusing();
        IncrementalInputs inputs = IncrementalInputs.declare(g, spec);
        NetworkOutputs answer =
                network.forwardIncremental(
                        g, ParameterTensors.initializers(g, network.layout(), flat), inputs, 0);
        putAnswer(g, answer);
        return g.build();
    }

    /**
     * The prefill graph. Inputs: those of the window graph and the rotary angles of its first
     * token, {@code cosine, sine [B,w/2]}. Outputs: those of the window graph and, if W is above 1,
     * keys and values of the last W - 1 tokens of each layer, {@code [B,h,W-1,w]}.
     *
     * @param flat the parameters
     */
    public Graph prefill(float[] flat) {
        GraphBuilder g = GraphBuilder.fusing();
        TokenInputs inputs = TokenInputs.declareWindow(g, spec);
        int half = layout.headWidth() / 2;
        Tensor cosine = g.input(IncrementalInputs.COSINE, Shape.of(Dim.BATCH, half));
        Tensor sine = g.input(IncrementalInputs.SINE, Shape.of(Dim.BATCH, half));
        NetworkOutputs answer =
                network.forward(
                        g,
                        ParameterTensors.initializers(g, network.layout(), flat),
                        inputs,
                        Dropout.NONE,
                        new KeyValueRecorder(g, cosine, sine),
                        1);
        putAnswer(g, answer);
        return g.build();
    }

    private static void putAnswer(GraphBuilder g, NetworkOutputs answer) {
        g.output(NetworkOutputs.QUANTILES, g.squeeze(answer.quantiles(), 1));
        g.output(NetworkOutputs.MEAN, g.squeeze(answer.mean(), 1));
    }

    /** Makes outputs of the keys and values that the next token of the phase attends to. */
    private final class KeyValueRecorder implements AttentionProbe {
        private final GraphBuilder g;
        private final Tensor cosine;
        private final Tensor sine;

        KeyValueRecorder(GraphBuilder g, Tensor cosine, Tensor sine) {
            this.g = g;
            this.cosine = cosine;
            this.sine = sine;
        }

        @Override
        public void attention(int layer, Tensor weights) {}

        @Override
        public void keysAndValues(int layer, Tensor keys, Tensor values) {
            if (layout.window() == 1) {
                return;
            }
            int width = single().headWidth();
            HeadPadding wide = new HeadPadding(g, layout.heads(), width, layout.headWidth());
            Tensor kept = wide.rotatedHeads(last(keys));
            if (single().positions() == PositionEncoding.ROTARY) {
                kept = Positions.rotate(g, kept, angles(cosine), angles(sine));
            }
            g.output(IncrementalInputs.keys(layer), kept);
            g.output(IncrementalInputs.values(layer), wide.plainHeads(last(values)));
        }

        /** {@code [B,w/2] -> [B,1,1,w/2]}. */
        private Tensor angles(Tensor table) {
            return g.unsqueeze(g.unsqueeze(table, 1), 1);
        }

        /** {@code [B,h,N,w] -> [B,h,W-1,w]}. */
        private Tensor last(Tensor x) {
            long tokens = x.shape().size(2);
            return g.slice(x, 2, tokens - (layout.window() - 1), tokens);
        }
    }
}
