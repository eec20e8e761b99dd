package io.tickformer.cli.train;

import io.tickformer.training.Augmentation;
import io.tickformer.training.Augmentation.Part;
import picocli.CommandLine.Option;

/** Options of random changes to training windows. By default only faults are inserted. */
final class AugmentationArguments {
    private static final String VALUE = "SHARE:STRENGTH";

    @Option(
            names = "--jitter",
            paramLabel = VALUE,
            description =
                    "Add noise to the contexts of a share of windows, in standard deviations of the"
                            + " window; such as 0.5:0.1. Off by default.")
    private String jitter;

    @Option(
            names = "--mix-up",
            paramLabel = VALUE,
            description =
                    "Mix a share of windows with another series at the same ticks; STRENGTH is the"
                            + " largest weight of the other series. Off by default.")
    private String mixUp;

    @Option(
            names = "--frequency-mask",
            paramLabel = VALUE,
            description =
                    "Remove a part of all frequencies from a share of windows. Off by default.")
    private String frequencyMask;

    @Option(
            names = "--time-warp",
            paramLabel = VALUE,
            description =
                    "Speed up or slow down a share of windows, by up to the given part of their"
                            + " speed; calendar features stay. Off by default.")
    private String timeWarp;

    @Option(
            names = "--faults",
            paramLabel = VALUE,
            description =
                    "Insert faults into a share of windows: single readings that are wrong by up to"
                            + " 10,000 spreads, stuck values, and lasting shifts of level or spread."
                            + " The largest error is 10,000^STRENGTH spreads: 100 with 0.5. By default"
                            + " 0.2:1, a fifth of the windows at full strength; 0:1 turns it off.")
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
