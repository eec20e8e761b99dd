package io.tickformer.inference.window;

import io.tickformer.context.Frame;
import io.tickformer.context.RecentEncoder;
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
 * The tensors of the window graph of our own models: tokens in, the last token's forecast out. The
 * encoder writes straight into the memory that ONNX Runtime reads.
 */
public final class WindowTensors implements BatchTensors {
    private final TokenEncoder encoder;
    private final RecentEncoder recentEncoder; // null without a seasonal path
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
    private final RowViews inputViews;
    private final RowViews outputViews;

    public WindowTensors(ForecastSpec spec, int capacity) {
        SeasonalPath path = spec.seasonalPath();
        encoder = new TokenEncoder(spec);
        recentEncoder = path == null ? null : new RecentEncoder(path);
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
        // A tensor has no empty dimension: one that no graph reads stands in.
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
        inputViews = new RowViews(inputs, Map.of(), capacity);
        outputViews =
                new RowViews(
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

    @Override
    public List<Frame> encode(String series, SeriesContext context, int slot) {
        return encode(context, slot);
    }

    /** Writes a context into a slot. */
    public List<Frame> encode(SeriesContext context, int slot) {
        valuesView.position(slot * tokens * tokenValues);
        observedView.position(slot * tokens * tokenValues);
        featuresView.position(slot * tokens * features);
        presentView.position(slot * tokens);
        List<Frame> frames =
                encoder.encode(context, valuesView, observedView, featuresView, presentView);
        if (recentEncoder != null) {
            recentView.position(slot * recentValues);
            for (int channel = 0; channel < frames.size(); channel++) {
                recentEncoder.encode(context, channel, frames.get(channel), recentView);
            }
        }
        return frames;
    }

    @Override
    public void run(GraphRunner runner, int size) {
        run(runner, 0, size, Map.of(), Map.of());
    }

    /**
     * Runs a graph over some slots.
     *
     * @param moreInputs what it reads beside these tensors
     * @param moreOutputs what is wanted of it beside these tensors
     */
    public void run(
            GraphRunner runner,
            int from,
            int count,
            Map<String, HostTensor> moreInputs,
            Map<String, HostTensor> moreOutputs) {
        try (RowViews.View in = inputViews.of(from, count);
                RowViews.View out = outputViews.of(from, count)) {
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

    @Override
    public void read(int slot, float[] quantilesOut, float[] meanOut) {
        quantilesView.get(slot * answers * levels, quantilesOut, 0, answers * levels);
        meanView.get(slot * answers, meanOut, 0, answers);
    }

    /** Whether the network came to finite numbers: those that are none reach every answer. */
    public boolean isFinite(int slot) {
        return Float.isFinite(meanView.get(slot * answers));
    }

    @Override
    public void close() {
        inputViews.close();
        outputViews.close();
        values.close();
        observed.close();
        tokenFeatures.close();
        present.close();
        recent.close();
        quantiles.close();
        mean.close();
    }
}
