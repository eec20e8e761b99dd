package io.tickformer.context;

/**
 * The location and scale that a token is normalised in and that a forecast is denormalised in:
 * {@code normalised * scale + location}.
 *
 * @param location in the series' own unit; finite
 * @param scale in the series' own unit; finite and positive, or 0 where there is no frame
 */
public record Frame(double location, double scale) {
    /** The frame where no tick that frames look back to is observed. */
    public static final Frame UNKNOWN = new Frame(0, 0);

    /** Whether there is a frame: some tick that it looks back to is observed. */
    public boolean isKnown() {
        return scale > 0;
    }
}
