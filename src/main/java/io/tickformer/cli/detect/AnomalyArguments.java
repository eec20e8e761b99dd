package io.tickformer.cli.detect;

import io.tickformer.console.UserError;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.feedback.anomaly.AnomalySide;
import picocli.CommandLine.Option;

/** Options that say what counts as an anomaly. */
final class AnomalyArguments {
    @Option(
            names = "--false-alarm-ticks",
            paramLabel = "TICKS",
            description = "Ticks between two false alarms of a series, on average; at least 10.")
    private int falseAlarmTicks = AnomalySettings.DEFAULT.falseAlarmTicks();

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            defaultValue = "both",
            description =
                    "Deviations that count: high (above the forecast), low (below it) or both.")
    private AnomalySide side;

    @Option(
            names = "--count",
            paramLabel = "TICKS",
            description =
                    "An event begins when this many of the newest --duration ticks are alarming.")
    private int count = AnomalySettings.DEFAULT.count();

    @Option(
            names = "--duration",
            paramLabel = "TICKS",
            description = "The newest ticks in which --count are looked for; at most 64.")
    private int duration = AnomalySettings.DEFAULT.duration();

    @Option(
            names = "--distance",
            paramLabel = "TICKS",
            description =
                    "For this many ticks after an alarm there is no other one, unless the anomaly"
                            + " becomes much worse.")
    private int distance = AnomalySettings.DEFAULT.distance();

    /**
     * The settings.
     *
     * @throws UserError if a number is out of range
     */
    AnomalySettings settings() {
        try {
            return new AnomalySettings(falseAlarmTicks, side, count, duration, distance);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage() + "; see --false-alarm-ticks, --count, --duration, --distance",
                    e);
        }
    }
}
