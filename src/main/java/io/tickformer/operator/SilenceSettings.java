package io.tickformer.operator;

import io.tickformer.annotation.Public;
import java.io.Serializable;

/**
 * What happens to a series that sends nothing.
 *
 * @param expiryTicks the state of a series expires after so many ticks without an observation; 0
 *     for the ring of the model (its context and the ticks before it that frames need), after which
 *     the next tick starts an empty context anyway. More keeps the state longer and changes no
 *     forecast. Less is refused once the model is known: forecasts would differ from those computed
 *     offline
 * @param forecastTicks number of ticks without an observation that are still forecast; 0 for none
 */
@Public
public record SilenceSettings(int expiryTicks, int forecastTicks) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final SilenceSettings DEFAULT = new SilenceSettings(0, 0);

    public SilenceSettings {
        SettingRequirements.require(
                expiryTicks >= 0, "expiryTicks", expiryTicks, "zero or more ticks");
        SettingRequirements.require(
                forecastTicks >= 0, "forecastTicks", forecastTicks, "zero or more ticks");
    }

    /**
     * Returns the number of ticks after which a series expires.
     *
     * @param ringTicks ticks of the ring of the model that runs
     * @throws IllegalArgumentException if it is less than that
     */
    public int expiryTicks(int ringTicks) {
        if (expiryTicks == 0) {
            return ringTicks;
        }
        SettingRequirements.require(
                expiryTicks >= ringTicks,
                "expiryTicks",
                expiryTicks,
                "0, or at least the model's ring, %d ticks".formatted(ringTicks));
        return expiryTicks;
    }
}
