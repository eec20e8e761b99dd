package io.tickformer.operator;

import io.tickformer.annotation.Public;
import java.io.Serializable;
import java.time.Duration;

/**
 * When the model is called.
 *
 * @param size the largest number of contexts in one call of the model; at least 1
 * @param linger the longest time a context waits for others to fill its micro-batch, in processing
 *     time; not negative
 */
@Public
public record MicroBatchSettings(int size, Duration linger) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final MicroBatchSettings DEFAULT =
            new MicroBatchSettings(64, Duration.ofMillis(10));

    public MicroBatchSettings {
        SettingRequirements.require(size >= 1, "microBatchSize", size, "at least 1");
        SettingRequirements.require(
                linger != null && !linger.isNegative(), "linger", linger, "zero or more");
    }
}
