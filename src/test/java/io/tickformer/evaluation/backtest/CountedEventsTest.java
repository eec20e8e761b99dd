package io.tickformer.evaluation.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.TickSeries;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Counts of rare events: backtest and job fill and forecast the same ticks. */
class CountedEventsTest {
    private static final long MINUTE = 60_000;

    private static final ForecastSpec COUNTS =
            TestModels.STREAMING.withTickMeaning(TickMeaning.of(TickAggregate.COUNT));

    /** Somewhat more than 0.2 events a tick. */
    private static SeriesHistory events(String key, long from, long end, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> times = new ArrayList<>();
        times.add(from * MINUTE + 1);
        long newest = from;
        for (long tick = from + 1; tick < end; tick++) {
            // No gap is as long as a life.
            if (random.nextInt(5) == 0 || tick == newest + 9) {
                times.add(tick * MINUTE + random.nextLong(MINUTE));
                newest = tick;
            }
        }
        times.add(end * MINUTE);
        long[] at = times.stream().mapToLong(time -> time).toArray();
        return new SeriesHistory(key, at, new double[at.length]);
    }

    /** The ticks that windows of a job emit: those with events. */
    private static List<Tick> emitted(TickSeries series) {
        boolean[] readings = series.readings(series.firstTick(), series.endTick());
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < readings.length; i++) {
            if (readings[i]) {
                long tick = series.firstTick() + i;
                ticks.add(new Tick(series.series(), tick, series.valueAt(tick)));
            }
        }
        return ticks;
    }

    private static List<Forecast> job(ForecastSpec spec, TickSeries series) {
        try (ForecastModel model = open(spec);
                OfflineForecasts job = new OfflineForecasts(model, 5, ForecastSelection.ALL)) {
            return job.replay(emitted(series));
        }
    }

    private static ForecastModel open(ForecastSpec spec) {
        return ForecastModel.open(TestModels.transformer(spec, 1), ExecutionProvider.CPU);
    }

    private static List<Forecast> backtest(
            ForecastSpec spec, TickSeries series, long first, long last) {
        List<Forecast> forecasts = new ArrayList<>();
        try (ForecastModel model = open(spec);
                ModelForecaster forecaster =
                        new ModelForecaster("m", model, PointForecast.MEDIAN, 4)) {
            forecaster.forecast(
                    ActualSeries.of(series),
                    new Cutoffs(first, last, (int) (last - first + 1), 4),
                    forecasts::add);
        }
        return forecasts;
    }

    @Test
    void everyTickIsForecastAndTheBacktestIssuesWhatTheJobDoes() {
        TickSeries series =
                new History("events", List.of(events("a", 3, 160, 2)))
                        .ticks(COUNTS.tickRule())
                        .get(0);
        long last = series.endTick() - 1;

        List<Forecast> job = job(COUNTS, series);

        assertThat(job).hasSize(series.length());
        for (int i = 0; i < job.size(); i++) {
            assertThat(job.get(i).tickIndex()).isEqualTo(3 + i);
        }
        ForecastCheck.assertSame(backtest(COUNTS, series, 3, last), job);
    }

    @Test
    void aSeriesThatDiesAndComesBackStartsAnewOnBothSides() {
        int life = COUNTS.ringTicks();
        long back = 40L + 2L * life;
        List<SeriesHistory> parts = List.of(events("a", 0, 40, 2), events("a", back, back + 40, 3));
        long[] times = new long[parts.get(0).values().length + parts.get(1).values().length];
        System.arraycopy(parts.get(0).eventTimeMillis(), 0, times, 0, parts.get(0).values().length);
        System.arraycopy(
                parts.get(1).eventTimeMillis(),
                0,
                times,
                parts.get(0).values().length,
                parts.get(1).values().length);
        TickSeries series =
                new History(
                                "events",
                                List.of(new SeriesHistory("a", times, new double[times.length])))
                        .ticks(COUNTS.tickRule())
                        .get(0);

        List<Forecast> job = job(COUNTS, series);

        long dead = 40L + life;
        assertThat(job.stream().map(Forecast::tickIndex))
                .contains(dead - 1, back)
                .doesNotContain(dead, back - 1);
        assertThat(series.valueAt(dead - 1)).isZero();
        assertThat(series.valueAt(dead)).isNaN();
        ForecastCheck.assertSame(backtest(COUNTS, series, 0, series.endTick() - 1), job);
    }

    @Test
    void whereEmptyTicksAreMissingOnlyThoseWithEventsAreForecast() {
        ForecastSpec missing =
                COUNTS.withTickMeaning(
                        new TickMeaning(TickAggregate.COUNT, EmptyTickPolicy.MISSING));
        TickSeries series =
                new History("events", List.of(events("a", 3, 160, 2)))
                        .ticks(missing.tickRule())
                        .get(0);

        List<Forecast> job = job(missing, series);

        assertThat(job).hasSize(emitted(series).size()).hasSizeLessThan(series.length() / 2);
    }
}
