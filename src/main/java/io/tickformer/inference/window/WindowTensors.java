package io.tickformer.inference.window;

import io.tickformer.annotation.Internal;
import io.tickformer.context.Frame;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.TensorSignature;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of the window graph of our own models, a row per context: tokens in, the last token's
 * forecast out. The encoder writes directly into the memory that ONNX Runtime reads.
 */
@Internal
public final class WindowTensors implements AutoCloseable {
    private final TokenEncoder encoder;
    private final SeasonalInputEncoder recentEncoder; // null without a seasonal path
    private final int tokens;
    private final int tokenValues; // C P
    private final int features; // G
    private final int recentValues; // C R
    private final int answers; // C H
    private final int levels;
    private final HostTensor values; // B x N x C P
    private final HostTensor observed; // B x N x C P
    private final HostTensor tokenFeatures; // B x N x G
    private final HostTensor present; // B x N
    private final HostTensor recent; // B x C R
    private final HostTensor quantiles; // B x C H x Q
    private final HostTensor mean; // B x C H
    private final FloatBuffer valuesView;
    private final FloatBuffer observedView;
    private final FloatBuffer featuresView;
    private final FloatBuffer presentView;
    private final FloatBuffer recentView;
    private final FloatBuffer quantilesView;
    private final FloatBuffer meanView;
    private final TensorSlices inputSlices;
    private final TensorSlices outputSlices;

    public WindowTensors(ForecastSpec spec, int capacity) {
        SeasonalPath path = spec.seasonalPath();
        encoder = new TokenEncoder(spec);
        recentEncoder = path == null ? null : new SeasonalInputEncoder(path);
        tokens = spec.tokens();
        tokenValues = spec.tokenValues();
        features = spec.tokenFeatures();
        recentValues = spec.recentValues();
        answers = spec.outputSteps();
        levels = spec.quantileLevels().size();
        values = HostTensor.floats(capacity, tokens, tokenValues);
        observed = HostTensor.floats(capacity, tokens, tokenValues);
        tokenFeatures = HostTensor.floats(capacity, tokens, features);
        present = HostTensor.floats(capacity, tokens);
        // A dimension cannot be 0: without a seasonal path no graph reads this tensor.
        recent = HostTensor.floats(capacity, Math.max(1, recentValues));
        quantiles = HostTensor.floats(capacity, answers, levels);
        mean = HostTensor.floats(capacity, answers);
        valuesView = values.floats();
        observedView = observed.floats();
        featuresView = tokenFeatures.floats();
        presentView = present.floats();
        recentView = recent.floats();
        quantilesView = quantiles.floats();
        meanView = mean.floats();
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        inputs.put(TokenInputs.VALUES, values);
        inputs.put(TokenInputs.OBSERVED, observed);
        inputs.put(TokenInputs.FEATURES, tokenFeatures);
        inputs.put(TokenInputs.PRESENT, present);
        if (recentEncoder != null) {
            inputs.put(TokenInputs.RECENT, recent);
        }
        inputSlices = new TensorSlices(inputs, Map.of(), capacity);
        outputSlices =
                new TensorSlices(
                        Map.of(NetworkOutputs.QUANTILES, quantiles, NetworkOutputs.MEAN, mean),
                        Map.of(),
                        capacity);
    }

    /** Checks that a graph reads and writes these tensors. */
    public static void check(GraphRunner runner, ForecastSpec spec) {
        long n = spec.tokens();
        long p = spec.tokenValues();
        long g = spec.tokenFeatures();
        long h = spec.outputSteps();
        Map<String, TensorSignature> inputs = runner.inputs();
        Map<String, TensorSignature> outputs = runner.outputs();
        SignatureCheck.requireOnly(inputs, inputs(spec));
        check(inputs, "input", TokenInputs.VALUES, "BNP", 0, n, p);
        check(inputs, "input", TokenInputs.OBSERVED, "BNP", 0, n, p);
        check(inputs, "input", TokenInputs.FEATURES, "BNG", 0, n, g);
        check(inputs, "input", TokenInputs.PRESENT, "BN", 0, n);
        if (spec.recentTicks() > 0) {
            check(inputs, "input", TokenInputs.RECENT, "BT", 0, spec.recentValues());
        }
        check(
                outputs,
                "output",
                NetworkOutputs.QUANTILES,
                "BHQ",
                0,
                h,
                spec.quantileLevels().size());
        check(outputs, "output", NetworkOutputs.MEAN, "BH", 0, h);
    }

    private static List<String> inputs(ForecastSpec spec) {
        List<String> inputs = new ArrayList<>();
        inputs.add(TokenInputs.VALUES);
        inputs.add(TokenInputs.OBSERVED);
        inputs.add(TokenInputs.FEATURES);
        inputs.add(TokenInputs.PRESENT);
        if (spec.recentTicks() > 0) {
            inputs.add(TokenInputs.RECENT);
        }
        return inputs;
    }

    private static void check(
            Map<String, TensorSignature> declared,
            String kind,
            String name,
            String letters,
            long... shape) {
        long rows = SignatureCheck.require(declared, kind, name, new TensorLayout(letters), shape);
        if (rows != TensorSignature.SYMBOLIC) {
            throw new InferenceException(
                    "%s %s is for %d series only; expected a symbolic first dimension"
                            .formatted(kind, name, rows));
        }
    }

    /** Writes a context into a row. */
    public List<Frame> encode(SeriesContext context, int row) {
        valuesView.position(row * tokens * tokenValues);
        observedView.position(row * tokens * tokenValues);
        featuresView.position(row * tokens * features);
        presentView.position(row * tokens);
        List<Frame> frames =
                encoder.encode(context, valuesView, observedView, featuresView, presentView);
        if (recentEncoder != null) {
            recentView.position(row * recentValues);
            for (int channel = 0; channel < frames.size(); channel++) {
                recentEncoder.encode(context, channel, frames.get(channel), recentView);
            }
        }
        return frames;
    }

    /**
     * Runs a graph over some rows.
     *
     * @param moreInputs inputs of the graph beside these tensors
     * @param moreOutputs outputs to compute beside these tensors
     */
    public void run(
            GraphRunner runner,
            int from,
            int count,
            Map<String, HostTensor> moreInputs,
            Map<String, HostTensor> moreOutputs) {
        try (TensorSlices.Slice in = inputSlices.of(from, count);
                TensorSlices.Slice out = outputSlices.of(from, count)) {
            runner.run(joined(in.tensors(), moreInputs), joined(out.tensors(), moreOutputs));
        }
    }

    private static Map<String, HostTensor> joined(
            Map<String, HostTensor> some, Map<String, HostTensor> more) {
        if (more.isEmpty()) {
            return some;
        }
        Map<String, HostTensor> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** Reads the answer of a row, in the frames that {@link #encode} returned. */
    public void read(int row, float[] quantilesOut, float[] meanOut) {
        quantilesView.get(row * answers * levels, quantilesOut, 0, answers * levels);
        meanView.get(row * answers, meanOut, 0, answers);
    }

    /** Whether the answer of a row is finite. A NaN anywhere in the network makes all of it NaN. */
    public boolean isFinite(int row) {
        return Float.isFinite(meanView.get(row * answers));
    }

    @Override
    public void close() {
        inputSlices.close();
        outputSlices.close();
        values.close();
        observed.close();
        tokenFeatures.close();
        present.close();
        recent.close();
        quantiles.close();
        mean.close();
    }
}
