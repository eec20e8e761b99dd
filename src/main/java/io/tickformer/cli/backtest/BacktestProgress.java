package io.tickformer.cli.backtest;

import io.tickformer.console.Terminal;
import io.tickformer.evaluation.backtest.ActualSeries;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.Forecaster;
import io.tickformer.evaluation.backtest.WindowListener;
import io.tickformer.event.Forecast;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of a backtest, on a terminal only. */
final class BacktestProgress implements WindowListener, AutoCloseable {
    private final WindowListener next;
    private final ProgressBar bar;

    private BacktestProgress(WindowListener next, ProgressBar bar) {
        this.next = next;
        this.bar = bar;
    }

    /**
     * @param next listener that receives the same calls
     */
    static BacktestProgress choose(BacktestPlan plan, WindowListener next) {
        if (!Terminal.isThere()) {
            return new BacktestProgress(next, null);
        }
        return new BacktestProgress(
                next,
                new ProgressBarBuilder()
                        .setTaskName("backtest")
                        .setInitialMax(plan.history().summaries().size())
                        .setUnit(" series", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(Terminal.barConsumer())
                        .build());
    }

    @Override
    public void scored(
            Forecaster forecaster, Forecast forecast, ActualSeries series, double deviation) {
        next.scored(forecaster, forecast, series, deviation);
    }

    @Override
    public void seriesDone(int done, int all) {
        next.seriesDone(done, all);
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
