package io.tickformer.cli.train;

import io.tickformer.training.Augmentation;
import io.tickformer.training.Augmentation.Part;
import picocli.CommandLine.Option;

/**
 * How windows of training are changed at random; by faults, and by nothing else unless asked for.
 */
final class AugmentationArguments {
    private static final String VALUE = "SHARE:STRENGTH";

    @Option(
            names = "--jitter",
            paramLabel = VALUE,
            description =
                    "Noise on what a share of contexts sees, in standard deviations of the window;"
                            + " such as 0.5:0.1. Off by default.")
    private String jitter;

    @Option(
            names = "--mix-up",
            paramLabel = VALUE,
            description =
                    "Mix a share of windows with another series at the same ticks, up to a part of"
                            + " the mixture. Off by default.")
    private String mixUp;

    @Option(
            names = "--frequency-mask",
            paramLabel = VALUE,
            description =
                    "Take a part of all frequencies out of a share of windows. Off by default.")
    private String frequencyMask;

    @Option(
            names = "--time-warp",
            paramLabel = VALUE,
            description =
                    "Let time run faster or slower in a share of windows, by up to so much of its"
                            + " speed; the calendar of tokens stays. Off by default.")
    private String timeWarp;

    @Option(
            names = "--faults",
            paramLabel = VALUE,
            description =
                    "Put faults into a share of windows: single readings that are wrong by up to"
                            + " 10,000 spreads, stuck values, another level or spread from some tick"
                            + " on. The largest size is raised to the power of the strength: with"
                            + " 0.5 readings are wrong by up to 100 spreads. By default 0.2:1; off"
                            + " with 0:1.")
    private String faults;

    Augmentation augmentation() {
        return new Augmentation(
                part(jitter),
                part(mixUp),
                part(frequencyMask),
                part(timeWarp),
                faults == null ? Augmentation.USUAL_FAULTS : Part.parse(faults));
    }

    private static Part part(String text) {
        return text == null ? Part.OFF : Part.parse(text);
    }
}
