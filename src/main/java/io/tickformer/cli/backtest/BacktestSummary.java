package io.tickformer.cli.backtest;

import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.EvaluatedSet;
import io.tickformer.evaluation.backtest.ForecasterResult;
import io.tickformer.inference.ForecastModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Setup and result of a backtest, as its outputs show them. */
record BacktestSummary(
        Protocol protocol,
        EvaluatedSet part,
        Path modelFile,
        Path data,
        ForecastModel model,
        BacktestPlan plan,
        BacktestResult result) {
    ForecasterResult own() {
        return result.forecasters().get(0);
    }

    List<ForecasterResult> baselines() {
        return result.forecasters().subList(1, result.forecasters().size());
    }

    /** Start of the first target tick. */
    Instant firstTarget() {
        return timeOf(plan.cutoffs().first() + 1);
    }

    /** Start of the last target tick. */
    Instant lastTarget() {
        return timeOf(plan.cutoffs().last() + plan.cutoffs().horizon());
    }

    private Instant timeOf(long tick) {
        return Instant.ofEpochMilli(tick * plan.tickMillis());
    }
}
