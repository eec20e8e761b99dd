package io.tickformer.feedback.anomaly;

import io.tickformer.annotation.Internal;

/** The deviations from the forecast that count. */
@Internal
public enum AnomalySide {
    /** Values above and values below the forecast. */
    BOTH,
    /** Values above the forecast. */
    HIGH,
    /** Values below the forecast. */
    LOW
}
