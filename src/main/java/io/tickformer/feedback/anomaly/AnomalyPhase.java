package io.tickformer.feedback.anomaly;

import io.tickformer.annotation.Internal;

/** The place of a tick in an event. */
@Internal
public enum AnomalyPhase {
    /** No event. */
    NORMAL,
    /** An event begins, or becomes much worse: tell somebody. */
    ALARM,
    /** The event goes on. */
    ONGOING,
    /** A late reading changed the value of a tick with an alarm, which is right still. */
    CORRECTED,
    /** A late reading showed that the alarm of a tick was wrong. */
    WITHDRAWN
}
