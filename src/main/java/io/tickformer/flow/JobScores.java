package io.tickformer.flow;

import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.ReduceFunction;

/**
 * Merges the scores of series into one of the whole job. Errors of different series have different
 * units, so each is first divided by the error of naive of the same series and step. Means are over
 * targets.
 */
final class JobScores implements ReduceFunction<ForecastScore> {
    private static final long serialVersionUID = 1L;

    /** The score of a series in the form of that of the job. */
    static ForecastScore ofOne(ForecastScore series) {
        List<StepScore> steps = new ArrayList<>();
        for (StepScore step : series.steps()) {
            double unit = step.naiveError() > 0 ? step.naiveError() : Double.NaN;
            steps.add(
                    new StepScore(
                            step.step(),
                            step.targets(),
                            step.absoluteError() / unit,
                            step.pinballLoss() / unit,
                            step.naiveError() / unit,
                            step.seasonalNaiveError() / unit,
                            step.coverage()));
        }
        return with(series, series, 1, series.calibratedCount(), series.fallbackCount(), steps);
    }

    @Override
    public ForecastScore reduce(ForecastScore one, ForecastScore other) {
        if (!Arrays.equals(one.intervals(), other.intervals())
                || one.steps().size() != other.steps().size()) {
            throw new IllegalArgumentException(
                    "scores of %s steps are merged with scores of %s; expected the same shape"
                            .formatted(one.steps().size(), other.steps().size()));
        }
        List<StepScore> steps = new ArrayList<>();
        for (int i = 0; i < one.steps().size(); i++) {
            steps.add(merged(one.steps().get(i), other.steps().get(i)));
        }
        return with(
                one.tickIndex() >= other.tickIndex() ? one : other,
                one,
                one.seriesCount() + other.seriesCount(),
                one.calibratedCount() + other.calibratedCount(),
                one.fallbackCount() + other.fallbackCount(),
                steps);
    }

    private static ForecastScore with(
            ForecastScore newest,
            ForecastScore shape,
            int series,
            int calibrated,
            int fallback,
            List<StepScore> steps) {
        return new ForecastScore(
                "",
                newest.tickIndex(),
                newest.tickTimeMillis(),
                newest.tickMillis(),
                series,
                calibrated,
                fallback,
                shape.intervals(),
                steps);
    }

    private static StepScore merged(StepScore one, StepScore other) {
        double[] coverage = new double[one.coverage().length];
        for (int i = 0; i < coverage.length; i++) {
            coverage[i] = mean(one, one.coverage()[i], other, other.coverage()[i]);
        }
        return new StepScore(
                one.step(),
                one.targets() + other.targets(),
                mean(one, one.absoluteError(), other, other.absoluteError()),
                mean(one, one.pinballLoss(), other, other.pinballLoss()),
                mean(one, one.naiveError(), other, other.naiveError()),
                mean(one, one.seasonalNaiveError(), other, other.seasonalNaiveError()),
                coverage);
    }

    /** The mean over the targets of both; that of one where the other has none. */
    private static double mean(StepScore one, double ofOne, StepScore other, double ofOther) {
        if (Double.isNaN(ofOne)) {
            return ofOther;
        }
        if (Double.isNaN(ofOther)) {
            return ofOne;
        }
        double targets = one.targets() + other.targets();
        return targets > 0
                ? (ofOne * one.targets() + ofOther * other.targets()) / targets
                : Double.NaN;
    }
}
