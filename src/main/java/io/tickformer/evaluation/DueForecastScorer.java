package io.tickformer.evaluation;

import io.tickformer.event.Forecast;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores forecasts as they come due: matches each step of each forecast with the value that came of
 * it, and seasonal naive with the same value.
 *
 * <p>A step counts when both its target and the tick that seasonal naive looks back to were
 * observed, whatever the forecast's quality, warming up included; so both errors are means over
 * exactly the same targets. Forecasts may come before the values they speak of or after them; of
 * each series, forecasts and values come in the order of their ticks. The first value told of a
 * tick is final, and of two forecasts of a series for one tick the first counts: at-least-once
 * delivery may repeat them.
 *
 * <p>Not safe for use by several threads.
 */
public final class DueForecastScorer {
    private final SeasonalNaive naive;
    private final Map<String, SeriesScorer> series = new LinkedHashMap<>();

    public DueForecastScorer(SeasonalNaive naive) {
        this.naive = naive;
    }

    /** Takes what a tick of a series turned out to be. */
    public void actual(String key, long tick, double value) {
        scorerOf(key).actual(tick, value);
    }

    /** Takes a forecast. */
    public void forecast(Forecast forecast) {
        scorerOf(forecast.series()).forecast(forecast);
    }

    /**
     * The score over all series, each target counting the same. Series of large values weigh more
     * here; {@link #meanRelativeError()} does without units.
     */
    public Score total() {
        long targets = 0;
        double error = 0;
        double naiveError = 0;
        for (SeriesScorer one : series.values()) {
            targets += one.targets();
            error += one.errorSum();
            naiveError += one.naiveErrorSum();
        }
        return new Score(targets, error / targets, naiveError / targets);
    }

    /** The score of one series; zero targets if nothing of it has come due. */
    public Score of(String key) {
        SeriesScorer one = series.get(key);
        return one == null ? new Score(0, Double.NaN, Double.NaN) : one.score();
    }

    /**
     * The mean of {@link Score#relativeError()} over the series that have targets, each series
     * counting the same; NaN if none has.
     */
    public double meanRelativeError() {
        double sum = 0;
        int count = 0;
        for (SeriesScorer one : series.values()) {
            if (one.targets() > 0 && one.naiveErrorSum() > 0) {
                sum += one.errorSum() / one.naiveErrorSum();
                count++;
            }
        }
        return sum / count;
    }

    private SeriesScorer scorerOf(String key) {
        return series.computeIfAbsent(key, any -> new SeriesScorer(naive));
    }
}
