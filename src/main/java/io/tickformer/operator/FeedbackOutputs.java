package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.serialization.AnomalySerializer;
import io.tickformer.serialization.ForecastEventSerializer;
import io.tickformer.serialization.ForecastScoreSerializer;
import org.apache.flink.util.OutputTag;

/** The side outputs of what the feedback finds. */
@Internal
public final class FeedbackOutputs {
    /** Scores of the series. */
    public static final OutputTag<ForecastScore> SCORES =
            new OutputTag<>("scores", ForecastScoreSerializer.TYPE);

    /** Anomalies of the series. */
    public static final OutputTag<Anomaly> ANOMALIES =
            new OutputTag<>("anomalies", AnomalySerializer.TYPE);

    /** Events of a series, or of the model. */
    public static final OutputTag<ForecastEvent> EVENTS =
            new OutputTag<>("events", ForecastEventSerializer.TYPE);

    /** How many series of a subtask are forecast worse than usual, tick by tick. */
    public static final OutputTag<DriftReport> DRIFT_REPORTS =
            new OutputTag<>("drift-reports", DriftReportSerializer.TYPE);

    private FeedbackOutputs() {}
}
