package io.tickformer.cli.backtest;

import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.CalibratedForecaster;
import io.tickformer.evaluation.backtest.Forecaster;
import io.tickformer.evaluation.backtest.ModelForecaster;
import io.tickformer.evaluation.backtest.SeasonalNaiveForecaster;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The tested model and the baselines. Closes the models that it opened. */
final class BacktestForecasters implements AutoCloseable {
    private final List<Forecaster> forecasters = new ArrayList<>();
    private final Deque<Runnable> toClose = new ArrayDeque<>();

    /**
     * Opens all of them. Trains the linear baselines.
     *
     * @param model is closed by its owner
     */
    BacktestForecasters(
            ForecastModel model,
            ProtocolArguments arguments,
            BacktestPlan plan,
            ExecutionProvider provider,
            PrintWriter err)
            throws IOException {
        int horizon = plan.cutoffs().horizon();
        boolean complete = false;
        try {
            Forecaster own = new ModelForecaster(model.name(), model, arguments.point(), horizon);
            if (arguments.isCalibrated()) {
                CalibratedForecaster calibrated =
                        new CalibratedForecaster(
                                own, plan.borders(), arguments.part(), plan.season());
                add(calibrated);
                add(calibrated.uncalibrated());
            } else {
                add(own);
            }
            LinearBaselines linear =
                    new LinearBaselines(plan, model.spec(), arguments.baselineSteps(), err);
            for (Baseline baseline : arguments.baselines()) {
                Optional<Variant> variant = baseline.variant();
                if (variant.isEmpty()) {
                    add(naive(baseline, plan, model));
                    continue;
                }
                ForecastModel trained = linear.train(baseline.label(), variant.get(), provider);
                toClose.push(trained::close);
                add(new ModelForecaster(baseline.label(), trained, arguments.point(), horizon));
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static Forecaster naive(Baseline baseline, BacktestPlan plan, ForecastModel model) {
        return new SeasonalNaiveForecaster(
                baseline.label(),
                new SeasonalNaive(baseline == Baseline.NAIVE ? 1 : plan.season()),
                plan.borders(),
                plan.tickMillis(),
                model.spec().quantileLevels());
    }

    private void add(Forecaster forecaster) {
        forecasters.add(forecaster);
        toClose.push(forecaster::close);
    }

    /** The model first, then the baselines. */
    List<Forecaster> forecasters() {
        return forecasters;
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            toClose.pop().run();
        }
    }
}
