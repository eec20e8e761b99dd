package io.tickformer.lab.bench;

import java.util.Map;

/** The job and the variants that it is compared with. */
enum PipelineVariant {
    /** No model: the cost of Kafka, Flink and the codecs. */
    PASS_THROUGH("pass-through", BenchModel.STREAMING),

    /** One call of the full window per record. */
    PER_RECORD("per-record", BenchModel.STREAMING),

    /** The same with the vanilla transformer. */
    PER_RECORD_VANILLA("per-record-vanilla", BenchModel.VANILLA),

    /** The forecasts of the model as it gives them: neither scored nor calibrated nor mixed. */
    MODEL_ONLY("model-only", BenchModel.STREAMING),

    /** The job with its defaults. */
    ENGINE("engine", BenchModel.STREAMING);

    private static final Map<String, String> NO_FEEDBACK =
            Map.of(
                    "feedback.scores", "false",
                    "feedback.calibrate", "false",
                    "feedback.mixture", "false",
                    "feedback.anomalies", "false");

    private static final Map<String, String> ONE_CALL_A_RECORD =
            Map.of("forecast.mode", "full", "forecast.micro-batch-size", "1");

    private final String label;
    private final BenchModel model;

    PipelineVariant(String label, BenchModel model) {
        this.label = label;
        this.model = model;
    }

    /** The model whose spec the job uses, even if the variant runs no model. */
    BenchModel model() {
        return model;
    }

    /** Settings of the job in addition to the shared ones. */
    Map<String, String> settings() {
        return switch (this) {
            case PASS_THROUGH, ENGINE -> Map.of();
            case MODEL_ONLY -> NO_FEEDBACK;
            case PER_RECORD, PER_RECORD_VANILLA -> ONE_CALL_A_RECORD;
        };
    }

    /** Its name in options and results. */
    @Override
    public String toString() {
        return label;
    }
}
