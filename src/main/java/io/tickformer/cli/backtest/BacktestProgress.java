package io.tickformer.cli.backtest;

import io.tickformer.cli.Terminal;
import io.tickformer.evaluation.backtest.ActualSeries;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.Forecaster;
import io.tickformer.evaluation.backtest.WindowListener;
import io.tickformer.event.Forecast;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a backtest has come, on a terminal only. */
final class BacktestProgress implements WindowListener, AutoCloseable {
    private final ProgressBar bar;

    private BacktestProgress(ProgressBar bar) {
        this.bar = bar;
    }

    static BacktestProgress choose(BacktestPlan plan) {
        if (!Terminal.isThere()) {
            return new BacktestProgress(null);
        }
        return new BacktestProgress(
                new ProgressBarBuilder()
                        .setTaskName("backtest")
                        .setInitialMax(plan.history().series().size())
                        .setUnit(" series", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(Terminal.barConsumer())
                        .build());
    }

    @Override
    public void scored(
            Forecaster forecaster, Forecast forecast, ActualSeries series, double deviation) {
        // Series are what is counted.
    }

    @Override
    public void seriesDone(int done, int all) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
