package io.tickformer.pulse;

/** States of a running job that its line and its advice look at, beside what it counts. */
public enum JobGauge {
    /** Flink's own, of the operator that forecasts. */
    WATERMARK(
            "currentInputWatermark",
            "milliseconds since 1970 up to which all ticks have ended",
            Combined.LEAST),

    /** Flink's own, of the source. */
    WAITING_RECORDS("pendingRecords", "records in the topic that are not read yet", Combined.SUM),

    DOUBTFUL_EVENT_TIME(
            "doubtfulEventTime",
            "the last doubtful event time, as milliseconds since 1970; 0 for none",
            Combined.GREATEST),
    DOUBTFUL_RECORD_TIME(
            "doubtfulRecordTime",
            "the Kafka timestamp of that record, as milliseconds since 1970; 0 for none",
            Combined.GREATEST);

    /** How the values of several subtasks are one. */
    private enum Combined {
        LEAST,
        GREATEST,
        SUM
    }

    private final String metric;
    private final String meaning;
    private final Combined combined;

    JobGauge(String metric, String meaning, Combined combined) {
        this.metric = metric;
        this.meaning = meaning;
        this.combined = combined;
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
        return switch (combined) {
            case LEAST -> Math.min(one, other);
            case GREATEST -> Math.max(one, other);
            case SUM -> one + other;
        };
    }
}
