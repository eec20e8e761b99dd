package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;

/** The operator of the job that a metric belongs to, and how reporters name its scope. */
@Internal
public enum MetricOwner {
    SOURCE("source", ""),
    DECODER("source", "_deserializer"),
    OBSERVATIONS("observations", ""),
    ADMISSION("admission", ""),
    FORECASTS("forecasts", ""),
    WATCHED_SERIES("forecasts", "_series"),
    DRIFT("drift", "");

    private static final String OPERATORS = "flink_taskmanager_job_task_operator";

    private final String operator;
    private final String group;

    MetricOwner(String operator, String group) {
        this.operator = operator;
        this.group = group;
    }

    /** Name of the operator in Flink's user interface. */
    public String operator() {
        return operator;
    }

    /** Returns the name that Flink's Prometheus reporter gives to a metric of this operator. */
    public String prometheusName(String metric) {
        return OPERATORS + group + '_' + metric.replace('.', '_');
    }
}
