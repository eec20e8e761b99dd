package io.tickformer.evaluation.backtest;

import io.tickformer.event.TickRule;
import io.tickformer.history.Borders;
import io.tickformer.history.History;
import io.tickformer.spec.Channels;
import java.util.List;
import java.util.Objects;

/**
 * What to forecast and judge.
 *
 * @param history the series; of its values those before a cutoff are known to a forecast
 * @param ticks how the observations become ticks, the model's
 * @param borders the parts of the history; every scale comes from the training part alone
 * @param cutoffs where forecasts are issued, in each series the same
 * @param season m, ticks, of the scales of MASE and RMSSE
 * @param channels those that the model to judge mixes, by which series are of one record
 */
public record BacktestPlan(
        History history,
        TickRule ticks,
        Borders borders,
        Cutoffs cutoffs,
        int season,
        Channels channels) {
    public BacktestPlan {
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(ticks, "ticks");
        Objects.requireNonNull(borders, "borders");
        Objects.requireNonNull(cutoffs, "cutoffs");
        Objects.requireNonNull(channels, "channels");
    }

    /** Of forecasts of each series by itself. */
    public BacktestPlan(
            History history, TickRule ticks, Borders borders, Cutoffs cutoffs, int season) {
        this(history, ticks, borders, cutoffs, season, new Channels(List.of()));
    }

    /** Length of a tick. */
    public long tickMillis() {
        return ticks.tickMillis();
    }
}
