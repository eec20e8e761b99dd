package io.tickformer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.kafka.issued.ForecastTopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;

/** What a job must issue for given observations, computed offline, and the comparison with it. */
public final class ExpectedForecasts {
    private static final double TOLERANCE = 1e-5;

    /** Arguments of a job that issues the model's forecasts as they are. */
    public static final List<String> OF_THE_MODEL_ALONE =
            List.of("--feedback.mixture=false", "--feedback.calibrate=false");

    private ExpectedForecasts() {}

    /** Ticks of the observations: the mean of each, in order of series and index. */
    public static List<Tick> ticks(List<Observation> observations, long tickMillis) {
        Map<String, Map<Long, TickAccumulator>> gathered = new TreeMap<>();
        for (Observation observation : observations) {
            gathered.computeIfAbsent(observation.series(), series -> new TreeMap<>())
                    .computeIfAbsent(
                            Tick.indexOf(observation.eventTimeMillis(), tickMillis),
                            index -> new TickAccumulator(1))
                    .add(0, observation.eventTimeMillis(), observation.value());
        }
        List<Tick> ticks = new ArrayList<>();
        gathered.forEach(
                (series, bySeries) ->
                        bySeries.forEach(
                                (index, tick) ->
                                        ticks.add(
                                                new Tick(
                                                        series,
                                                        index,
                                                        tick.value(0, TickAggregate.MEAN)))));
        return ticks;
    }

    /** The forecasts of ticks, revisions among them, by inference alone. */
    public static List<Forecast> of(List<Tick> ticks, byte[] model) {
        try (ForecastModel opened = ForecastModel.open(model, ExecutionProvider.CPU)) {
            return of(ticks, opened);
        }
    }

    /** The forecasts of ticks by an open model. */
    public static List<Forecast> of(List<Tick> ticks, ForecastModel opened) {
        try (OfflineForecasts offline = new OfflineForecasts(opened, 1, ForecastSelection.ALL)) {
            return sorted(offline.replay(ticks));
        }
    }

    /** Waits until so many forecasts are committed, and gives them by series and tick. */
    public static List<Forecast> await(ForecastTopicReader reader, int count) throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        while (forecasts.size() < count) {
            for (ForecastTopicReader.Issued issued : reader.poll(Duration.ofMillis(200))) {
                forecasts.add(issued.forecast());
            }
        }
        return sorted(forecasts);
    }

    /** By series and tick. */
    public static List<Forecast> sorted(List<Forecast> forecasts) {
        List<Forecast> sorted = new ArrayList<>(forecasts);
        sorted.sort(Comparator.comparing(Forecast::series).thenComparing(Forecast::tickIndex));
        return sorted;
    }

    /** Same series and ticks, once each, and the same numbers to 1e-5 relative. */
    public static void assertEqual(List<Forecast> issued, List<Forecast> expected) {
        assertThat(issued)
                .extracting(forecast -> forecast.series() + "@" + forecast.tickIndex())
                .containsExactlyElementsOf(
                        expected.stream()
                                .map(forecast -> forecast.series() + "@" + forecast.tickIndex())
                                .toList());
        for (int i = 0; i < issued.size(); i++) {
            Forecast actual = issued.get(i);
            Forecast wanted = expected.get(i);
            assertThat(actual.tickTimeMillis()).isEqualTo(wanted.tickTimeMillis());
            assertThat(actual.tickMillis()).isEqualTo(wanted.tickMillis());
            assertThat(actual.observedTicks())
                    .as("observed ticks of %s at %d", actual.series(), actual.tickIndex())
                    .isEqualTo(wanted.observedTicks());
            assertThat(actual.quality()).isEqualTo(wanted.quality());
            assertThat(actual.quantileLevels()).isEqualTo(wanted.quantileLevels());
            assertClose(
                    actual.series() + "@" + actual.tickIndex(),
                    actual.quantiles(),
                    wanted.quantiles());
            assertClose(actual.series() + "@" + actual.tickIndex(), actual.mean(), wanted.mean());
        }
    }

    private static void assertClose(String what, double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as(what)
                    .isCloseTo(
                            expected[i],
                            Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
