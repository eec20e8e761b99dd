package io.tickformer.monitoring;

/** States of a running job that its line and its advice look at, beside what it counts. */
public enum JobGauge {
    /** Flink's own, of the operator that forecasts. */
    WATERMARK(
            "currentInputWatermark",
            "milliseconds since 1970 up to which all ticks have ended",
            Aggregation.LEAST),

    /** Flink's own, of the source. */
    WAITING_RECORDS(
            "pendingRecords", "records in the topic that are not read yet", Aggregation.SUM),

    DOUBTFUL_EVENT_TIME(
            "doubtfulEventTime",
            "the last doubtful event time, as milliseconds since 1970; 0 for none",
            Aggregation.GREATEST),
    DOUBTFUL_RECORD_TIME(
            "doubtfulRecordTime",
            "the Kafka timestamp of that record, as milliseconds since 1970; 0 for none",
            Aggregation.GREATEST);

    /** How the values of several subtasks are one. */
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

    /** What it tells, in words. */
    public String meaning() {
        return meaning;
    }

    /** The value of two subtasks together. */
    public long combine(long one, long other) {
        return switch (aggregation) {
            case LEAST -> Math.min(one, other);
            case GREATEST -> Math.max(one, other);
            case SUM -> one + other;
        };
    }
}
