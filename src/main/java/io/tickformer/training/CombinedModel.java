package io.tickformer.training;

import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.Optional;

/**
 * The model that results from the runs of several seeds.
 *
 * @param spec its spec; that of an ensemble where the runs are combined to one
 * @param parameters its weights as a flat vector
 * @param chosen position of the best run
 * @param ofAllRuns whether the weights come from all runs; if not, they are those of the best one
 */
record CombinedModel(ForecastSpec spec, float[] parameters, int chosen, boolean ofAllRuns) {
    /**
     * Combines runs of one spec.
     *
     * @param runs in the order of their seeds; at least one
     */
    static CombinedModel of(TrainingPlan plan, List<EndedRun> runs) {
        ValidationMetric metric = plan.settings().validation().metric();
        int best = 0;
        for (int i = 1; i < runs.size(); i++) {
            if (score(metric, runs.get(i)) < score(metric, runs.get(best))) {
                best = i;
            }
        }
        ForecastSpec spec = plan.spec();
        SeedCombination combination =
                runs.size() == 1 ? SeedCombination.BEST : plan.settings().combination();
        return switch (combination) {
            case BEST ->
                    new CombinedModel(spec, runs.get(best).state().bestParameters(), best, false);
            case AVERAGE -> new CombinedModel(spec, mean(runs), best, true);
            case ENSEMBLE ->
                    new CombinedModel(
                            spec.withNetwork(new EnsembleArchitecture(spec.network(), runs.size())),
                            concatenated(runs),
                            best,
                            true);
        };
    }

    /** The validation scores, if they are known from the best run. */
    Optional<ValidationScores> knownScores(List<EndedRun> runs) {
        return ofAllRuns ? Optional.empty() : Optional.of(runs.get(chosen).state().bestScores());
    }

    private static double score(ValidationMetric metric, EndedRun run) {
        return metric.of(run.state().bestScores());
    }

    private static float[] mean(List<EndedRun> runs) {
        double[] sums = new double[runs.get(0).state().bestParameters().length];
        for (EndedRun run : runs) {
            float[] own = run.state().bestParameters();
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

    private static float[] concatenated(List<EndedRun> runs) {
        int size = runs.get(0).state().bestParameters().length;
        float[] all = new float[Math.multiplyExact(size, runs.size())];
        for (int i = 0; i < runs.size(); i++) {
            System.arraycopy(runs.get(i).state().bestParameters(), 0, all, i * size, size);
        }
        return all;
    }
}
