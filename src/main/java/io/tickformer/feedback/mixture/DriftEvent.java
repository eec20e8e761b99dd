package io.tickformer.feedback.mixture;

import io.tickformer.annotation.Internal;

/**
 * Many series began, or ceased, to be forecast worse than usual at the same time.
 *
 * @param tick the tick at which the detector decided
 * @param hasBegun whether the drift begins; false where it ends
 * @param series number of series that were scored at that tick
 * @param degraded how many of them are forecast worse than usual
 * @param usualShare the share of them that is usual
 * @param errorRatio recent errors as a multiple of usual errors, mean over all scored series
 * @param evidence natural logarithm of how much likelier the number of degraded series is under its
 *     own share than under the usual one, as if series were independent
 */
@Internal
public record DriftEvent(
        long tick,
        boolean hasBegun,
        int series,
        int degraded,
        double usualShare,
        double errorRatio,
        double evidence) {}
