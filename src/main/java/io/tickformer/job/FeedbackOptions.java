package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.feedback.anomaly.AnomalySide;
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
                                    + " that intervals hold as many values as they say. The field calibrated of"
                                    + " a forecast says whether its series has enough past for it. false: the"
                                    + " quantiles as the model gives them.");

    public static final ConfigOption<Boolean> MIXTURE =
            ConfigOptions.key("feedback.mixture")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.parts().mixed())
                    .withDescription(
                            "Whether the forecasts of the model are mixed, per series, with the last"
                                    + " value and the value one season earlier, by weights that follow from"
                                    + " their past errors. Where the model is clearly worse than these, they"
                                    + " take its place, and the quality of the forecast is FALLBACK.");

    public static final ConfigOption<Boolean> ANOMALIES =
            ConfigOptions.key("feedback.anomalies")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether ticks that fall far from the forecasts made for them are"
                                    + " reported in sink.anomalies-topic.");

    public static final ConfigOption<Integer> ANOMALY_FALSE_ALARM_TICKS =
            ConfigOptions.key("feedback.anomaly.false-alarm-ticks")
                    .intType()
                    .defaultValue(AnomalySettings.DEFAULT.falseAlarmTicks())
                    .withDescription(
                            "The number of ticks of a series between two false alarms, on average. A"
                                    + " larger number raises the threshold.");

    public static final ConfigOption<AnomalySide> ANOMALY_SIDE =
            ConfigOptions.key("feedback.anomaly.side")
                    .enumType(AnomalySide.class)
                    .defaultValue(AnomalySettings.DEFAULT.side())
                    .withDescription(
                            "The deviations that count. high: values above the forecasts. low: values"
                                    + " below them. both: either.");

    public static final ConfigOption<Integer> ANOMALY_COUNT =
            ConfigOptions.key("feedback.anomaly.count")
                    .intType()
                    .defaultValue(AnomalySettings.DEFAULT.count())
                    .withDescription(
                            "An alarm is given when this many of the newest feedback.anomaly.duration"
                                    + " ticks reach the threshold.");

    public static final ConfigOption<Integer> ANOMALY_DURATION =
            ConfigOptions.key("feedback.anomaly.duration")
                    .intType()
                    .defaultValue(AnomalySettings.DEFAULT.duration())
                    .withDescription(
                            "The number of newest ticks among which feedback.anomaly.count must reach"
                                    + " the threshold; at most 64.");

    public static final ConfigOption<Integer> ANOMALY_DISTANCE =
            ConfigOptions.key("feedback.anomaly.distance")
                    .intType()
                    .defaultValue(AnomalySettings.DEFAULT.distance())
                    .withDescription(
                            "The number of ticks after an alarm in which there is no other alarm,"
                                    + " unless the deviation becomes much rarer than it was at the alarm.");

    public static final ConfigOption<Boolean> SCORES =
            ConfigOptions.key("feedback.scores")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.scores())
                    .withDescription(
                            "Whether series report how good their recent forecasts were, in"
                                    + " sink.scores-topic.");

    public static final ConfigOption<Duration> SCORES_INTERVAL =
            ConfigOptions.key("feedback.scores-interval")
                    .durationType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.scoreInterval())
                    .withDescription(
                            "Event time between two records of a series in sink.scores-topic, and"
                                    + " between two of the whole job. Series take turns within it. If it is"
                                    + " shorter than a tick, each tick has one.");

    public static final ConfigOption<Boolean> CIRCUIT_BREAKER =
            ConfigOptions.key("feedback.circuit-breaker")
                    .booleanType()
                    .defaultValue(LiveFeedbackSettings.DEFAULT.circuitBreaker())
                    .withDescription(
                            "What happens if a call of the model fails, or if its answers are not"
                                    + " finite numbers any more. true: simple forecasts of quality FALLBACK take"
                                    + " the place of its own, and the model is tried again after some micro-"
                                    + " batches. false: the job fails and restarts.");

    private FeedbackOptions() {}

    /** What the settings say. */
    static LiveFeedbackSettings of(JobSettings settings) {
        return new LiveFeedbackSettings(
                new FeedbackSettings(
                        settings.get(CALIBRATE),
                        settings.get(MIXTURE),
                        settings.get(ANOMALIES) ? anomalies(settings) : null),
                settings.get(SCORES),
                settings.get(SCORES_INTERVAL),
                settings.get(CIRCUIT_BREAKER));
    }

    private static AnomalySettings anomalies(JobSettings settings) {
        return new AnomalySettings(
                settings.get(ANOMALY_FALSE_ALARM_TICKS),
                settings.get(ANOMALY_SIDE),
                settings.get(ANOMALY_COUNT),
                settings.get(ANOMALY_DURATION),
                settings.get(ANOMALY_DISTANCE));
    }
}
