package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;

/** The gauges of a running job that its status line and advice use. */
@Internal
public enum JobGauge {
    /** Flink's own metric, of the forecast operator. */
    WATERMARK(
            MetricOwner.FORECASTS,
            "currentInputWatermark",
            "milliseconds since 1970",
            "the watermark: all ticks up to it have ended",
            Aggregation.LEAST),

    /** Flink's own metric, of the source. */
    WAITING_RECORDS(
            MetricOwner.SOURCE,
            "pendingRecords",
            "records",
            "records in the topics that are not read yet",
            Aggregation.SUM),

    DOUBTFUL_EVENT_TIME(
            MetricOwner.DECODER,
            "doubtfulEventTime",
            "milliseconds since 1970",
            "the last suspect event time; 0 for none",
            Aggregation.GREATEST),
    DOUBTFUL_RECORD_TIME(
            MetricOwner.DECODER,
            "doubtfulRecordTime",
            "milliseconds since 1970",
            "the Kafka timestamp of that record; 0 for none",
            Aggregation.GREATEST);

    /** How the values of subtasks are aggregated. */
    private enum Aggregation {
        LEAST,
        GREATEST,
        SUM
    }

    private final MetricOwner owner;
    private final String metric;
    private final String unit;
    private final String meaning;
    private final Aggregation aggregation;

    JobGauge(
            MetricOwner owner,
            String metric,
            String unit,
            String meaning,
            Aggregation aggregation) {
        this.owner = owner;
        this.metric = metric;
        this.unit = unit;
        this.meaning = meaning;
        this.aggregation = aggregation;
    }

    /** The operator that registers it. */
    public MetricOwner owner() {
        return owner;
    }

    /** Its unit. */
    public String unit() {
        return unit;
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
