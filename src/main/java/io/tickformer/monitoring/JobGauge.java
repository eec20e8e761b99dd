package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;

/** The gauges of a running job that its status line and advice use. */
@Internal
public enum JobGauge {
    /** Flink's own metric, of the forecast operator. */
    WATERMARK(
            "currentInputWatermark",
            "the watermark in milliseconds since 1970: all ticks up to it have ended",
            Aggregation.LEAST),

    /** Flink's own metric, of the source. */
    WAITING_RECORDS(
            "pendingRecords", "records in the topics that are not read yet", Aggregation.SUM),

    DOUBTFUL_EVENT_TIME(
            "doubtfulEventTime",
            "the last suspect event time in milliseconds since 1970; 0 for none",
            Aggregation.GREATEST),
    DOUBTFUL_RECORD_TIME(
            "doubtfulRecordTime",
            "the Kafka timestamp of that record in milliseconds since 1970; 0 for none",
            Aggregation.GREATEST);

    /** How the values of subtasks are aggregated. */
    private enum Aggregation {
        LEAST,
        GREATEST,
        SUM
    }

    private final String metric;
    private final String meaning;
    private final Aggregation aggregation;

    JobGauge(String metric, String meaning, Aggregation aggregation) {
        this.metric = metric;
        this.meaning = meaning;
        this.aggregation = aggregation;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    /** A description of what it tells. */
    public String meaning() {
        return meaning;
    }

    /** Aggregates the values of two subtasks. */
    public long combine(long one, long other) {
        return switch (aggregation) {
            case LEAST -> Math.min(one, other);
            case GREATEST -> Math.max(one, other);
            case SUM -> one + other;
        };
    }
}
