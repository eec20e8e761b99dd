package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** The operator of a model that mixes the channels of a record. */
final class ChannelOperatorTest {
    private static final ForecastSpec SPEC = TestModels.CHANNELS;
    private static final byte[] MODEL = TestModels.transformer(SPEC, 5);
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED.withMicroBatch(4, Duration.ofMillis(50));

    /** Ticks of several records: gaps, outages, missing channels, and revisions of one channel. */
    private static List<Tick> traffic(long seed) {
        Random random = new Random(seed);
        List<Tick> traffic = new ArrayList<>();
        for (int tick = 0; tick < 60; tick++) {
            for (int record = 0; record < 3; record++) {
                if (random.nextInt(8) == 0 || (record == 1 && tick > 20 && tick < 35)) {
                    continue;
                }
                double[] values = {record + random.nextGaussian(), Double.NaN, Double.NaN};
                if (random.nextInt(4) > 0) {
                    values[1] = 230 + random.nextGaussian();
                }
                if (record != 2) {
                    values[2] = random.nextGaussian();
                }
                traffic.add(new Tick("m" + record, tick, values));
                if (tick > 3 && random.nextInt(6) == 0) {
                    double[] late = {Double.NaN, 231, Double.NaN};
                    traffic.add(new Tick("m" + record, tick - 1 - random.nextInt(3), late));
                }
            }
        }
        return traffic;
    }

    private static OperatorHarness open(byte[] model, OperatorSubtaskState state) throws Exception {
        return OperatorHarness.open(model, SETTINGS, new HashMapStateBackend(), state, 1, 0);
    }

    @Test
    void aRestartInMidStreamIssuesWhatTheFileForecastsOffline() throws Exception {
        List<Tick> traffic = traffic(11);
        int half = traffic.size() / 2;
        List<Forecast> issued = new ArrayList<>();
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(MODEL, null)) {
            operator.ticks(traffic.subList(0, half));
            state = operator.checkpoint(1);
            issued.addAll(operator.forecasts());
        }
        try (OperatorHarness operator = open(MODEL, state)) {
            operator.ticks(traffic.subList(half, traffic.size()));
            operator.flink().endInput();
            issued.addAll(operator.forecasts());
            assertThat(operator.counts().forecasts.getCount())
                    .isEqualTo(operator.forecasts().size());
            assertThat(operator.counts().lateRevised.getCount()).isPositive();
        }

        try (ForecastModel model = ForecastModel.open(MODEL, ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(model, 1, ForecastSelection.ALL)) {
            List<Forecast> expected = offline.replay(traffic);
            assertThat(expected).extracting(Forecast::series).contains("m0/phase.angle");
            assertThat(expected).extracting(Forecast::series).doesNotContain("m2/phase.angle");
            ForecastCheck.assertSame(issued, expected);
        }
    }

    @Test
    void theStateOfOtherChannelsIsRefused() throws Exception {
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(MODEL, null)) {
            operator.ticks(traffic(11));
            state = operator.checkpoint(1);
        }
        ForecastSpec reordered = SPEC.withChannels(List.of("voltage", "power", "phase.angle"));

        for (ForecastSpec other : List.of(reordered, TestModels.STREAMING)) {
            assertThatThrownBy(() -> open(TestModels.transformer(other, 5), state).close())
                    .rootCause()
                    .hasMessageContaining("they have the channels power, voltage, phase.angle,")
                    .hasMessageContaining("Use a model that agrees with them");
        }
    }

    @Test
    void aRecordThatFallsSilentIsForecastOnInAllChannels() throws Exception {
        ForecastOperatorSettings silent = SETTINGS.withSilentTicks(2);
        try (OperatorHarness operator =
                OperatorHarness.open(MODEL, silent, new HashMapStateBackend(), null, 1, 0)) {
            operator.tick(new Tick("m", 0, new double[] {1, 230, 0.5}));
            operator.endOf(5);

            assertThat(operator.output())
                    .contains("m/power@0", "m/power@1", "m/voltage@2", "m/phase.angle@2")
                    .doesNotContain("m/power@3");
        }
    }
}
