package io.tickformer.lab.chaos;

import java.util.List;

/**
 * What came of a run.
 *
 * @param verdict on the forecasts
 * @param withdrawn forecasts that a consumer saw while the faults lasted and that are not there in
 *     the end
 * @param late observations in the late topic; there must be none
 * @param deadLetters records in the dead-letter topic; there must be none
 * @param recoveries from each fault
 * @param unplannedEnds how often a process ended although nobody killed it
 * @param ticks ticks that the producer sent
 */
record ChaosResult(
        Verdict verdict,
        long withdrawn,
        long late,
        long deadLetters,
        List<Recovery> recoveries,
        int unplannedEnds,
        long ticks) {
    /** Whether nothing has changed, and the job recovered from every fault. */
    boolean isClean() {
        return verdict.isClean()
                && withdrawn == 0
                && late == 0
                && deadLetters == 0
                && recoveries.stream().noneMatch(each -> Double.isNaN(each.seconds()));
    }
}
