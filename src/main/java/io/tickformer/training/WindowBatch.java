package io.tickformer.training;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a batch of B windows, off heap and reused for every step: the tokens, and for each
 * token the H following values in its frame with their weights.
 *
 * <p>Owned by one training loop; not thread-safe.
 */
final class WindowBatch implements AutoCloseable {
    private final int size;
    private final HostTensor values;
    private final HostTensor observed;
    private final HostTensor features;
    private final HostTensor present;
    private final HostTensor recent; // null without a seasonal path
    private final HostTensor targets;
    private final HostTensor weights;

    /** Creates a batch of zeros with targets for every token. */
    WindowBatch(ForecastSpec spec, int size) {
        this(spec, size, spec.tokens());
    }

    /**
     * Creates a batch of zeros.
     *
     * @param answered number of tokens with targets, the last ones of each window
     */
    WindowBatch(ForecastSpec spec, int size, int answered) {
        this.size = size;
        int tokens = spec.tokens();
        int each = spec.tokenValues();
        int answers = spec.outputSteps();
        values = HostTensor.floats(size, tokens, each); // [B,N,C P]
        observed = HostTensor.floats(size, tokens, each); // [B,N,C P]
        features = HostTensor.floats(size, tokens, spec.tokenFeatures()); // [B,N,G]
        present = HostTensor.floats(size, tokens); // [B,N]
        int past = spec.recentValues();
        recent = past == 0 ? null : HostTensor.floats(size, answered, past); // [B,N,C R]
        targets = HostTensor.floats(size, answered, answers); // [B,N,C H]
        weights = HostTensor.floats(size, answered, answers); // [B,N,C H]
    }

    /** B, number of windows. */
    int size() {
        return size;
    }

    HostTensor values() {
        return values;
    }

    HostTensor observed() {
        return observed;
    }

    HostTensor features() {
        return features;
    }

    HostTensor present() {
        return present;
    }

    HostTensor targets() {
        return targets;
    }

    HostTensor weights() {
        return weights;
    }

    /** All tensors by the input names of the training graphs. */
    Map<String, HostTensor> named() {
        Map<String, HostTensor> named = inputs();
        named.put(TrainingGraphs.TARGETS, targets);
        named.put(TrainingGraphs.WEIGHTS, weights);
        return named;
    }

    /** The tensors of {@link #named} that a network reads. */
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

    /** Buffers at position 0, to be written window by window. */
    Writer writer() {
        return new Writer(
                values.floats(),
                observed.floats(),
                features.floats(),
                present.floats(),
                recent == null ? null : recent.floats(),
                targets.floats(),
                weights.floats());
    }

    /**
     * The buffers of a batch, each at the position of the next window. {@code recent} is null
     * without a seasonal path.
     */
    record Writer(
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features,
            FloatBuffer present,
            FloatBuffer recent,
            FloatBuffer targets,
            FloatBuffer weights) {}

    @Override
    public void close() {
        values.close();
        observed.close();
        features.close();
        present.close();
        if (recent != null) {
            recent.close();
        }
        targets.close();
        weights.close();
    }
}
