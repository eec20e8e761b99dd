package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job's operator runs the file of any architecture. */
final class EveryArchitectureTest {
    private static final Comparator<Forecast> BY_SERIES_AND_TICK =
            Comparator.comparing(Forecast::series).thenComparing(Forecast::tickIndex);

    static List<String> architectures() {
        return List.copyOf(TestModels.everyArchitecture().keySet());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theOperatorIssuesWhatItsFileForecastsOffline(String architecture) throws Exception {
        ForecastSpec spec = TestModels.everyArchitecture().get(architecture);
        byte[] file = TestModels.transformer(spec, 5);
        List<Tick> traffic = ForecastOperatorTest.traffic(3, 40, 11);
        ForecastOperatorSettings settings =
                OperatorHarness.UNCHANGED.withMicroBatch(3, Duration.ofMillis(50));

        try (OperatorHarness operator =
                        OperatorHarness.open(
                                file, settings, new HashMapStateBackend(), null, 1, 0);
                ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(model, 1, ForecastSelection.ALL)) {
            operator.ticks(traffic);
            operator.flink().endInput();

            List<Forecast> issued =
                    operator.forecasts().stream().sorted(BY_SERIES_AND_TICK).toList();
            List<Forecast> expected =
                    offline.replay(traffic).stream().sorted(BY_SERIES_AND_TICK).toList();
            assertThat(issued).hasSameSizeAs(expected).isNotEmpty();
            for (int i = 0; i < issued.size(); i++) {
                ForecastCheck.assertSame(issued.get(i), expected.get(i));
            }
        }
    }
}
