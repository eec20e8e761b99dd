package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Public;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.Channels;
import java.util.List;
import java.util.Objects;

/**
 * The setup of a backtest.
 *
 * @param history the series; forecasts see only the values up to their cutoff
 * @param ticks how observations become ticks, as in the model
 * @param borders the parts of the history; scales come from the training set only
 * @param cutoffs where forecasts are issued, equal for all series
 * @param season m in ticks, for the scales of MASE and RMSSE
 * @param channels channels of the tested model, which group series into records
 */
@Public
public record BacktestPlan(
        History history,
        TickDefinition ticks,
        SplitBorders borders,
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

    /** A plan for a univariate model. */
    public BacktestPlan(
            History history,
            TickDefinition ticks,
            SplitBorders borders,
            Cutoffs cutoffs,
            int season) {
        this(history, ticks, borders, cutoffs, season, new Channels(List.of()));
    }

    /** Length of a tick. */
    public long tickMillis() {
        return ticks.tickMillis();
    }
}
