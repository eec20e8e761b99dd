package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.operator.LiveFeedbackSettings;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the feedback: what follows when the ticks that were forecast come due. */
@Public
public final class FeedbackOptions {
    public static final ConfigOption<Boolean> CALIBRATE =
            ConfigOptions.key("feedback.calibrate")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.parts().calibrated())
                    .withDescription(
                            "Whether the quantiles are corrected, per series and horizon step, so"
                                    + " that intervals hold as many values as they say. The field"
                                    + " calibrated of a forecast says whether its series has enough"
                                    + " past for it. false: the quantiles of the model.");

    public static final ConfigOption<Boolean> MIX =
            ConfigOptions.key("feedback.mix")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.parts().mixed())
                    .withDescription(
                            "Whether a forecast is the model's mixed with naive and seasonal naive,"
                                    + " with weights that each series learns from their errors. A"
                                    + " model that is worse than those, with evidence, is left out,"
                                    + " and its forecasts have quality FALLBACK. false: the"
                                    + " forecasts of the model alone.");

    public static final ConfigOption<Duration> SCORES_INTERVAL =
            ConfigOptions.key("feedback.scores-interval")
                    .durationType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.scoreInterval())
                    .withDescription(
                            "Event time between two records of a series in sink.scores-topic, and"
                                    + " between two of the whole job. Series take turns within it."
                                    + " If it is shorter than a tick, each tick has one.");

    public static final ConfigOption<Boolean> CIRCUIT_BREAKER =
            ConfigOptions.key("feedback.circuit-breaker")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.circuitBreaker())
                    .withDescription(
                            "What happens if a call of the model fails, or if its answers are not"
                                    + " finite numbers any more. true: simple forecasts of quality"
                                    + " FALLBACK take the place of its own, and the model is tried"
                                    + " again after some micro-batches. false: the job fails and"
                                    + " restarts.");

    private FeedbackOptions() {}

    /** What the settings say. */
    static LiveFeedbackSettings of(JobSettings settings) {
        return new LiveFeedbackSettings(
                new FeedbackSettings(
                        settings.get(CALIBRATE), settings.get(MIX), AnomalySettings.DEFAULT),
                settings.get(SCORES_INTERVAL),
                settings.get(CIRCUIT_BREAKER));
    }
}
