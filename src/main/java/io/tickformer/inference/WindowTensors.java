package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.TokenEncoder;
import io.tickformer.model.Outputs;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * The tensors of the window graph of our own models: tokens in, the last token's forecast out. The
 * encoder writes straight into the memory that ONNX Runtime reads.
 */
final class WindowTensors implements BatchTensors {
    private static final List<String> INPUTS =
            List.of(
                    TokenInputs.VALUES,
                    TokenInputs.OBSERVED,
                    TokenInputs.FEATURES,
                    TokenInputs.PRESENT);

    private final TokenEncoder encoder;
    private final int tokens;
    private final int patchLength;
    private final int features;
    private final int horizon;
    private final int levels;
    private final HostTensor values; // B x N x P
    private final HostTensor observed; // B x N x P
    private final HostTensor tokenFeatures; // B x N x C
    private final HostTensor present; // B x N
    private final HostTensor quantiles; // B x H x Q
    private final HostTensor mean; // B x H
    private final FloatBuffer valuesView;
    private final FloatBuffer observedView;
    private final FloatBuffer featuresView;
    private final FloatBuffer presentView;
    private final FloatBuffer quantilesView;
    private final FloatBuffer meanView;

    WindowTensors(ForecastSpec spec, int capacity) {
        encoder = new TokenEncoder(spec);
        tokens = spec.tokens();
        patchLength = spec.network().patchLength();
        features = spec.tokenFeatures();
        horizon = spec.horizon();
        levels = spec.quantileLevels().size();
        values = HostTensor.floats(capacity, tokens, patchLength);
        observed = HostTensor.floats(capacity, tokens, patchLength);
        tokenFeatures = HostTensor.floats(capacity, tokens, features);
        present = HostTensor.floats(capacity, tokens);
        quantiles = HostTensor.floats(capacity, horizon, levels);
        mean = HostTensor.floats(capacity, horizon);
        valuesView = values.floats();
        observedView = observed.floats();
        featuresView = tokenFeatures.floats();
        presentView = present.floats();
        quantilesView = quantiles.floats();
        meanView = mean.floats();
    }

    /** Checks that a graph reads and writes these tensors. */
    static void check(GraphRunner runner, ForecastSpec spec) {
        long n = spec.tokens();
        long p = spec.network().patchLength();
        long c = spec.tokenFeatures();
        long h = spec.horizon();
        Map<String, TensorSignature> inputs = runner.inputs();
        Map<String, TensorSignature> outputs = runner.outputs();
        SignatureCheck.requireOnly(inputs, INPUTS);
        check(inputs, "input", TokenInputs.VALUES, "BNP", 0, n, p);
        check(inputs, "input", TokenInputs.OBSERVED, "BNP", 0, n, p);
        check(inputs, "input", TokenInputs.FEATURES, "BNC", 0, n, c);
        check(inputs, "input", TokenInputs.PRESENT, "BN", 0, n);
        check(outputs, "output", Outputs.QUANTILES, "BHQ", 0, h, spec.quantileLevels().size());
        check(outputs, "output", Outputs.MEAN, "BH", 0, h);
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
    public Frame encode(SeriesContext context, int slot) {
        valuesView.position(slot * tokens * patchLength);
        observedView.position(slot * tokens * patchLength);
        featuresView.position(slot * tokens * features);
        presentView.position(slot * tokens);
        return encoder.encode(context, valuesView, observedView, featuresView, presentView);
    }

    @Override
    public void run(GraphRunner runner, int size) {
        try (HostTensor values = this.values.rows(0, size);
                HostTensor observed = this.observed.rows(0, size);
                HostTensor features = this.tokenFeatures.rows(0, size);
                HostTensor present = this.present.rows(0, size);
                HostTensor quantiles = this.quantiles.rows(0, size);
                HostTensor mean = this.mean.rows(0, size)) {
            runner.run(
                    Map.of(
                            TokenInputs.VALUES, values,
                            TokenInputs.OBSERVED, observed,
                            TokenInputs.FEATURES, features,
                            TokenInputs.PRESENT, present),
                    Map.of(Outputs.QUANTILES, quantiles, Outputs.MEAN, mean));
        }
    }

    @Override
    public void read(int slot, float[] quantilesOut, float[] meanOut) {
        quantilesView.get(slot * horizon * levels, quantilesOut, 0, horizon * levels);
        meanView.get(slot * horizon, meanOut, 0, horizon);
    }

    @Override
    public void close() {
        values.close();
        observed.close();
        tokenFeatures.close();
        present.close();
        quantiles.close();
        mean.close();
    }
}
