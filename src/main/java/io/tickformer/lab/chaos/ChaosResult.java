package io.tickformer.lab.chaos;

import java.util.List;

/**
 * The result of a run.
 *
 * @param verdict on the forecasts
 * @param scores verdict on the scores of series
 * @param anomalies verdict on the anomalies
 * @param withdrawn forecasts that a consumer saw during the faults and that are missing in the end
 * @param late observations in the late topic; there must be none
 * @param deadLetters records in the dead-letter topic; there must be none
 * @param recoveries one per fault
 * @param unplannedEnds how often a process ended without being killed
 * @param ticks ticks that the producer sent
 */
record ChaosResult(
        Verdict verdict,
        Verdict scores,
        Verdict anomalies,
        long withdrawn,
        long late,
        long deadLetters,
        List<Recovery> recoveries,
        int unplannedEnds,
        long ticks) {
    /** Whether nothing has changed and the job recovered from every fault. */
    boolean isClean() {
        return verdict.isClean()
                && scores.isClean()
                && anomalies.isClean()
                && withdrawn == 0
                && late == 0
                && deadLetters == 0
                && recoveries.stream().noneMatch(each -> Double.isNaN(each.seconds()));
    }
}
