package io.tickformer.context;

import io.tickformer.annotation.Internal;

/**
 * The location and scale by which a token is normalised and a forecast is denormalised: {@code
 * normalised * scale + location}.
 *
 * @param location in the unit of the series; finite
 * @param scale in the unit of the series; finite and positive, or 0 if there is no frame
 */
@Internal
public record Frame(double location, double scale) {
    /** Stands for no frame: none of the ticks that it would depend on is observed. */
    public static final Frame UNKNOWN = new Frame(0, 0);

    /** Whether there is a frame: at least one tick that it depends on is observed. */
    public boolean isKnown() {
        return scale > 0;
    }
}
