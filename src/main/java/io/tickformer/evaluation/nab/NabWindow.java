package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;

/**
 * A labelled window around an anomaly: the span in which an alarm counts as a detection.
 *
 * @param startMillis event time of its first row
 * @param endMillis event time of its last row
 */
@Internal
public record NabWindow(long startMillis, long endMillis) {
    public NabWindow {
        if (startMillis > endMillis) {
            throw new IllegalArgumentException(
                    "a window starts at %d and ends at %d; expected an end at or after the start"
                            .formatted(startMillis, endMillis));
        }
    }
}
