package io.tickformer.training;

import io.tickformer.annotation.Internal;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random changes of training windows, so that a short history yields more varied training data.
 * Validation windows are never changed. Only sensor faults are on by default.
 *
 * @param jitter noise on the values of the context, not on targets; the strength is its standard
 *     deviation in standard deviations of the window
 * @param mixUp convex combination with another series at the same ticks, in its own unit (Ansari et
 *     al. 2024, section 3.2); the strength is the largest weight of the other series
 * @param frequencyMask frequencies removed from context and targets alike (Chen et al. 2023,
 *     FrAug); the strength is the share of frequencies
 * @param timeWarp resampling of ticks so that time runs faster or slower, by a factor of up to
 *     {@code 1 + strength}; calendar features are not warped, so it suits models without them
 * @param faults simulated {@link SensorFaults}; their largest size is raised to the power of the
 *     strength
 */
@Internal
public record Augmentation(
        Part jitter, Part mixUp, Part frequencyMask, Part timeWarp, Part faults) {
    public static final Augmentation NONE =
            new Augmentation(Part.OFF, Part.OFF, Part.OFF, Part.OFF, Part.OFF);

    /** Sensor faults in a fifth of the windows, since a model meets them in production. */
    public static final Part USUAL_FAULTS = new Part(0.2, 1);

    /** Sensor faults only. */
    public static final Augmentation DEFAULT =
            new Augmentation(Part.OFF, Part.OFF, Part.OFF, Part.OFF, USUAL_FAULTS);

    public Augmentation {
        Objects.requireNonNull(jitter, "jitter");
        Objects.requireNonNull(mixUp, "mixUp");
        Objects.requireNonNull(frequencyMask, "frequencyMask");
        Objects.requireNonNull(timeWarp, "timeWarp");
        Objects.requireNonNull(faults, "faults");
    }

    /** The augmentations in use, in the words of the command line, or "none". */
    public String text() {
        StringJoiner on = new StringJoiner(", ");
        on.setEmptyValue("none");
        add(on, "jitter", jitter);
        add(on, "mix-up", mixUp);
        add(on, "frequency-mask", frequencyMask);
        add(on, "time-warp", timeWarp);
        add(on, "faults", faults);
        return on.toString();
    }

    private static void add(StringJoiner on, String name, Part part) {
        if (part.share() > 0) {
            on.add("%s %s:%s".formatted(name, part.share(), part.strength()));
        }
    }

    /**
     * One kind of change.
     *
     * @param share share of windows that are changed, in [0, 1]; 0 for none
     * @param strength strength of the change, in (0, 1]
     */
    public record Part(double share, double strength) {
        public static final Part OFF = new Part(0, 1);

        private static final Pattern TEXT = Pattern.compile("([0-9.]{1,9}):([0-9.]{1,9})");

        public Part {
            TrainingException.require(
                    share >= 0 && share <= 1,
                    "share of windows to change",
                    share,
                    "0 or more and at most 1");
            TrainingException.require(
                    strength > 0 && strength <= 1,
                    "strength of a change",
                    strength,
                    "more than 0 and at most 1");
        }

        /**
         * Parses {@code SHARE:STRENGTH}.
         *
         * @throws TrainingException if the text has another form
         */
        public static Part parse(String text) {
            Matcher matcher = TEXT.matcher(text.strip());
            try {
                if (matcher.matches()) {
                    return new Part(
                            Double.parseDouble(matcher.group(1)),
                            Double.parseDouble(matcher.group(2)));
                }
            } catch (NumberFormatException e) {
                throw unreadable(text, e);
            }
            throw unreadable(text, null);
        }

        private static TrainingException unreadable(String text, NumberFormatException cause) {
            return new TrainingException(
                    "\"%s\" is not an augmentation; expected SHARE:STRENGTH, such as 0.5:0.1"
                            .formatted(text),
                    cause);
        }
    }
}
