package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.forecaster.Forecaster;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.LiveFeedbackSettings;
import io.tickformer.testing.Ett;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways in give equal forecasts of the same readings: a job, its Java API, and no Flink. */
@Timeout(180)
final class EqualForecastsTest {
    private static final byte[] MODEL = TestModels.streaming();
    private static final int HOURS = 400;
    private static final Comparator<Forecast> ORDER =
            Comparator.comparing(Forecast::series).thenComparing(Forecast::tickIndex);

    private static final ForecastOperatorSettings ONE_BY_ONE =
            ForecastOperatorSettings.DEFAULT
                    .withEngine(EvaluationMode.FULL, 0)
                    .withMicroBatch(1, Duration.ofSeconds(1));

    /** A user's own type. */
    private record Reading(String column, long millis, double value) {
        static Reading of(Observation observation) {
            return new Reading(
                    observation.series(), observation.eventTimeMillis(), observation.value());
        }
    }

    private static List<Forecast> ofForecaster(EvaluationMode mode, boolean isFeedback)
            throws Exception {
        List<Forecast> forecasts = new ArrayList<>();
        try (Forecaster forecaster =
                Forecaster.builder(MODEL)
                        .mode(mode)
                        .calibrated(isFeedback)
                        .mixed(isFeedback)
                        .lanes(2)
                        .build()) {
            for (Observation each : Ett.readings(HOURS)) {
                forecasts.addAll(
                        forecaster.push(each.series(), each.eventTimeMillis(), each.value()));
            }
            forecasts.addAll(forecaster.advanceTo(Long.MAX_VALUE));
        }
        return sorted(forecasts);
    }

    private static List<Forecast> sorted(List<Forecast> forecasts) {
        return forecasts.stream().sorted(ORDER).toList();
    }

    /** The windows and the operator of a job, without a cluster. */
    private static List<Forecast> ofJob(ForecastOperatorSettings settings) throws Exception {
        try (FlowHarness job =
                FlowHarness.open(ForecastPipeline.of(MODEL).withSettings(settings))) {
            for (Observation each : Ett.readings(HOURS)) {
                job.reading(each);
                job.watermark(each.eventTimeMillis() - 1);
            }
            job.end();
            return sorted(job.forecasts());
        }
    }

    /** A stream of a user's type through the facade, on a cluster of two subtasks. */
    private static List<Forecast> ofApi(ForecastOperatorSettings settings) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2);
        List<Reading> all = Ett.readings(HOURS).stream().map(Reading::of).toList();
        DataStream<Reading> readings = environment.fromData(all);
        DataStream<Forecast> forecasts =
                ForecastPipeline.of(MODEL)
                        .withSettings(settings)
                        .withOutOfOrderness(Duration.ZERO)
                        .forecast(readings, Reading::column, Reading::millis, Reading::value)
                        .forecasts();
        return sorted(forecasts.executeAndCollect(2 * all.size()));
    }

    @Test
    void jobApiAndForecasterForecastTheSameReadingsAlikeBitForBit() throws Exception {
        List<Forecast> expected = ofForecaster(EvaluationMode.FULL, true);

        assertThat(expected).hasSize(HOURS * Ett.columns().size());
        assertThat(expected).filteredOn(Forecast::calibrated).isNotEmpty();
        assertThat(expected).filteredOn(each -> each.quality() == ForecastQuality.OK).isNotEmpty();
        assertThat(ofJob(ONE_BY_ONE)).isEqualTo(expected);
        assertThat(ofApi(ONE_BY_ONE)).isEqualTo(expected);
    }

    /** Without feedback, which learns from its own forecasts and enlarges a rounding. */
    @Test
    void incrementalForecastsInMicroBatchesDifferByRoundingOnly() throws Exception {
        ForecastOperatorSettings incremental =
                ForecastOperatorSettings.DEFAULT
                        .withEngine(EvaluationMode.INCREMENTAL, 1 << 22)
                        .withFeedback(LiveFeedbackSettings.NONE);
        List<Forecast> expected = ofForecaster(EvaluationMode.INCREMENTAL, false);

        ForecastCheck.assertSame(expected, ofForecaster(EvaluationMode.FULL, false));
        ForecastCheck.assertSame(ofJob(incremental), expected);
        ForecastCheck.assertSame(ofApi(incremental), expected);
    }
}
