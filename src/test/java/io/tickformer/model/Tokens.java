package io.tickformer.model;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Tokens of some series as plain arrays, {@code [B,N,..]} row after row. */
record Tokens(
        int batch,
        int tokens,
        int patch,
        int width,
        float[] values,
        float[] observed,
        float[] features,
        float[] present) {

    /**
     * Random tokens: about one tick in five is missing, and every series but the first starts with
     * some absent tokens.
     */
    static Tokens random(ForecastSpec spec, int batch, int tokens, Random random) {
        int patch = spec.tokenValues();
        int width = spec.tokenFeatures();
        float[] values = new float[batch * tokens * patch];
        float[] observed = new float[values.length];
        float[] features = new float[batch * tokens * width];
        float[] present = new float[batch * tokens];
        for (int i = 0; i < values.length; i++) {
            observed[i] = random.nextInt(5) == 0 ? 0 : 1;
            values[i] = observed[i] * (float) random.nextGaussian();
        }
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian() / 2;
        }
        for (int b = 0; b < batch; b++) {
            int absent = b == 0 ? 0 : random.nextInt(tokens);
            Arrays.fill(present, b * tokens + absent, (b + 1) * tokens, 1);
        }
        return new Tokens(batch, tokens, patch, width, values, observed, features, present);
    }

    Map<String, HostTensor> feed() {
        Map<String, HostTensor> feed = new LinkedHashMap<>();
        feed.put(TokenInputs.VALUES, HostTensor.of(values, batch, tokens, patch));
        feed.put(TokenInputs.OBSERVED, HostTensor.of(observed, batch, tokens, patch));
        feed.put(TokenInputs.FEATURES, HostTensor.of(features, batch, tokens, width));
        feed.put(TokenInputs.PRESENT, HostTensor.of(present, batch, tokens));
        return feed;
    }

    /** A copy in which everything that belongs to one token of one series is drawn anew. */
    Tokens withTokenRedrawn(int series, int token, Random random) {
        Tokens copy =
                new Tokens(
                        batch,
                        tokens,
                        patch,
                        width,
                        values.clone(),
                        observed.clone(),
                        features.clone(),
                        present.clone());
        int row = series * tokens + token;
        for (int i = row * patch; i < (row + 1) * patch; i++) {
            copy.observed[i] = 1;
            copy.values[i] = (float) (3 * random.nextGaussian());
        }
        for (int i = row * width; i < (row + 1) * width; i++) {
            copy.features[i] = (float) (3 * random.nextGaussian());
        }
        return copy;
    }

    /** A copy in which the values of missing ticks are drawn anew; they stay missing. */
    Tokens withMissingValuesRedrawn(Random random) {
        float[] redrawn = values.clone();
        for (int i = 0; i < redrawn.length; i++) {
            if (observed[i] == 0) {
                redrawn[i] = (float) random.nextGaussian();
            }
        }
        return new Tokens(batch, tokens, patch, width, redrawn, observed, features, present);
    }

    /** The same tokens of one series behind some absent ones. */
    Tokens precededBy(int absent) {
        return new Tokens(
                1,
                absent + tokens,
                patch,
                width,
                behind(values, absent * patch),
                behind(observed, absent * patch),
                behind(features, absent * width),
                behind(present, absent));
    }

    private static float[] behind(float[] array, int zeros) {
        float[] longer = new float[zeros + array.length];
        System.arraycopy(array, 0, longer, zeros, array.length);
        return longer;
    }

    boolean isPresent(int series, int token) {
        return present[series * tokens + token] == 1;
    }
}
