package io.tickformer.evaluation;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.spec.SeasonalNaive;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores forecasts when their targets arrive. Matches each step of each forecast with the actual
 * value, and scores seasonal naive on the same value.
 *
 * <p>A step counts if both its target and the tick that seasonal naive uses were observed, whatever
 * the forecast's quality flag. So both errors are means over the same targets. Forecasts may arrive
 * before or after the values of their targets. Within a series, forecasts and values must arrive in
 * the order of their ticks. The first value of a tick is final. If a forecast of a series and tick
 * is repeated, as at-least-once delivery may do, the first one counts.
 *
 * <p>Not thread-safe.
 */
@Internal
public final class TopicForecastScorer {
    private final SeasonalNaive naive;
    private final Map<String, SeriesScorer> series = new LinkedHashMap<>();

    public TopicForecastScorer(SeasonalNaive naive) {
        this.naive = naive;
    }

    /** Adds the actual value of a tick. */
    public void actual(String key, long tick, double value) {
        scorerOf(key).actual(tick, value);
    }

    /** Adds a forecast. */
    public void forecast(Forecast forecast) {
        scorerOf(forecast.series()).forecast(forecast);
    }

    /**
     * The score over all series, with equal weight for each target. Series with large values
     * dominate it; {@link #meanRelativeError()} is independent of units.
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

    /** The score of one series; zero targets if none of its forecasts can be scored yet. */
    public Score of(String key) {
        SeriesScorer one = series.get(key);
        return one == null ? new Score(0, Double.NaN, Double.NaN) : one.score();
    }

    /**
     * The mean of {@link Score#relativeError()} over the series with targets, with equal weight for
     * each series; NaN without targets.
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
