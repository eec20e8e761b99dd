package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.AcceptedTickMeanings;
import io.tickformer.spec.SpecException;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way in for other Flink jobs. */
@Timeout(120)
final class ForecastPipelineTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 77);
    private static final long TICK = TestModels.STREAMING.tickMillis();

    private static DataStream<Tuple3<String, Long, Double>> readings(
            StreamExecutionEnvironment environment) {
        List<Tuple3<String, Long, Double>> readings = new ArrayList<>();
        for (long tick = 0; tick < 20; tick++) {
            readings.add(Tuple3.of("a", tick * TICK, Math.sin((double) tick)));
            readings.add(Tuple3.of("b", tick * TICK + 7, Math.cos((double) tick)));
        }
        return environment
                .<Tuple3<String, Long, Double>>fromData(
                        readings, Types.TUPLE(Types.STRING, Types.LONG, Types.DOUBLE))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple3<String, Long, Double>>forMonotonousTimestamps()
                                .withTimestampAssigner((reading, any) -> reading.f1));
    }

    @Test
    void aStreamOfAnyTypeIsForecastAtEveryTick() throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2);
        ForecastStreams streams =
                ForecastPipeline.of(MODEL)
                        .forecast(
                                readings(environment),
                                reading -> reading.f0,
                                reading -> reading.f1,
                                reading -> reading.f2);
        List<String> forecasts = new ArrayList<>();
        for (Forecast each : streams.forecasts().executeAndCollect(1000)) {
            forecasts.add(each.series() + each.tickIndex());
        }
        assertThat(forecasts).hasSize(40).contains("a0", "b0", "a19", "b19");
    }

    /** A user's own type, some of whose fields may be missing. */
    private record Reading(String meter, Long millis, Double watts) {}

    @Test
    void aStreamWithoutWatermarksIsForecastByTheTimesOfItsReadingsAndBadReadingsAreDropped()
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2);
        List<Reading> all = new ArrayList<>();
        for (long tick = 0; tick < 20; tick++) {
            all.add(new Reading("a", tick * TICK, Math.sin((double) tick)));
            all.add(new Reading("a", tick * TICK + 1, Double.NaN));
            all.add(new Reading(null, tick * TICK + 1, 1.0));
            all.add(new Reading("a", null, 1.0));
            all.add(new Reading("b", tick * TICK, null));
        }
        List<Forecast> forecasts =
                ForecastPipeline.of(MODEL)
                        .withOutOfOrderness(Duration.ofSeconds(5))
                        .withEmitted(2, 0.5)
                        .withUidPrefix("own-")
                        .forecast(
                                environment.fromData(all),
                                Reading::meter,
                                Reading::millis,
                                Reading::watts)
                        .forecasts()
                        .executeAndCollect(1000);

        assertThat(forecasts).hasSize(20).extracting(Forecast::series).containsOnly("a");
        assertThat(forecasts.get(19).horizon()).isEqualTo(2);
        assertThat(forecasts.get(19).quantileLevels()).containsExactly(0.5);
    }

    @Test
    void ticksOfAnotherLengthAndMeaningAreThoseOfTheSpec() {
        byte[] any =
                TestModels.transformer(
                        TestModels.STREAMING.withTickFit(AcceptedTickMeanings.ANY), 77);
        ForecastPipeline pipeline =
                ForecastPipeline.of(any)
                        .withTick(Duration.ofHours(1))
                        .withAggregate(TickAggregate.SUM, null);

        assertThat(pipeline.spec().tickMillis()).isEqualTo(3_600_000);
        assertThat(pipeline.spec().emptyTick()).isEqualTo(EmptyTickPolicy.ZERO);
        assertThatThrownBy(() -> ForecastPipeline.of(MODEL).withAggregate(TickAggregate.SUM, null))
                .isInstanceOf(SpecException.class);
        assertThatThrownBy(() -> pipeline.withEmitted(5))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("5 horizon steps are asked for; the model forecasts 4");
    }

    @Test
    void theOperatorHasManagedMemoryAndAUidOfItsPipeline() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1);
        ForecastPipeline.of(MODEL)
                .withUidPrefix("meters-")
                .forecast(
                        readings(environment),
                        reading -> reading.f0,
                        reading -> reading.f1,
                        reading -> reading.f2)
                .forecasts()
                .print();
        StreamNode operator =
                environment.getStreamGraph().getStreamNodes().stream()
                        .filter(node -> "meters-forecasts".equals(node.getTransformationUID()))
                        .findAny()
                        .orElseThrow();
        assertThat(operator.getManagedMemoryOperatorScopeUseCaseWeights())
                .containsKey(ManagedMemoryUseCase.OPERATOR);
    }
}
