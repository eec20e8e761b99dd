package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;

/**
 * Sets the event-time timers of a series. When the watermark reaches the time of one, the method of
 * that kind of {@link Handler} is called, once for each time.
 */
@Internal
public interface SeriesTimers {
    /** Open ticks of the series may be over then. */
    void openTicksAt(long time);

    /** The series may have been silent for too long by then. */
    void expiryAt(long time);

    /** The tick after the newest one ends then. */
    void silenceAt(long time);

    /** What happens when a timer fires. */
    interface Handler {
        /** Open ticks of the series may be over. */
        void onOpenTicksDue(String series, long time);

        /** The series may have been silent for too long. */
        void onExpiryDue(String series, long time);

        /** The tick after the newest one has ended without an observation. */
        void onSilenceDue(String series, long time);
    }
}
