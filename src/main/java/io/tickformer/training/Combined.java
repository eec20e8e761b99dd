package io.tickformer.training;

import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import java.util.List;

/**
 * The model that the trainings of several seeds become.
 *
 * @param spec what it is
 * @param parameters its weights, flat
 * @param chosen position of the run they are of, or of the best one where they are of all
 */
record Combined(ForecastSpec spec, float[] parameters, int chosen) {
    /**
     * Combines runs of one spec.
     *
     * @param runs in the order of their seeds; at least one
     */
    static Combined of(TrainingPlan plan, Combination combination, List<TrainingOutcome> runs) {
        ValidationMetric metric = plan.settings().validation().metric();
        int best = 0;
        for (int i = 1; i < runs.size(); i++) {
            if (score(metric, runs.get(i)) < score(metric, runs.get(best))) {
                best = i;
            }
        }
        ForecastSpec spec = plan.spec();
        if (runs.size() == 1 || combination == Combination.BEST) {
            return new Combined(spec, runs.get(best).course().bestParameters(), best);
        }
        if (combination == Combination.AVERAGE) {
            return new Combined(spec, mean(runs), best);
        }
        return new Combined(
                spec.withNetwork(new EnsembleArchitecture(spec.network(), runs.size())),
                endToEnd(runs),
                best);
    }

    private static double score(ValidationMetric metric, TrainingOutcome run) {
        return metric.of(run.course().bestScores());
    }

    private static float[] mean(List<TrainingOutcome> runs) {
        double[] sums = new double[runs.get(0).course().bestParameters().length];
        for (TrainingOutcome run : runs) {
            float[] own = run.course().bestParameters();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += own[i];
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mean[i] = (float) (sums[i] / runs.size());
        }
        return mean;
    }

    private static float[] endToEnd(List<TrainingOutcome> runs) {
        int size = runs.get(0).course().bestParameters().length;
        float[] all = new float[Math.multiplyExact(size, runs.size())];
        for (int i = 0; i < runs.size(); i++) {
            System.arraycopy(runs.get(i).course().bestParameters(), 0, all, i * size, size);
        }
        return all;
    }
}
