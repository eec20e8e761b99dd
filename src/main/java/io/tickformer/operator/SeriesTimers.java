package io.tickformer.operator;

import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/** The event-time timers of a series: one of each kind at most. */
final class SeriesTimers {
    private final InternalTimerService<VoidNamespace> open;
    private final InternalTimerService<VoidNamespace> expiry;
    private final InternalTimerService<VoidNamespace> silence;

    /** What happens when a timer fires. The series is the current key then. */
    interface Handler {
        /** Open ticks of the series may be over. */
        void onOpenTicksDue(String series, long time) throws Exception;

        /** The series may have been silent for too long. */
        void onExpiryDue(String series, long time) throws Exception;

        /** The tick after the newest one has ended without an observation. */
        void onSilenceDue(String series, long time) throws Exception;
    }

    /** A handler of one kind of timer. */
    @FunctionalInterface
    private interface Action {
        void run(String series, long time) throws Exception;
    }

    SeriesTimers(AbstractStreamOperator<?> operator, Handler handler) {
        open = service(operator, "open", handler::onOpenTicksDue);
        expiry = service(operator, "expiry", handler::onExpiryDue);
        silence = service(operator, "silence", handler::onSilenceDue);
    }

    private static InternalTimerService<VoidNamespace> service(
            AbstractStreamOperator<?> operator, String name, Action action) {
        Triggerable<String, VoidNamespace> trigger =
                new Triggerable<>() {
                    @Override
                    public void onEventTime(InternalTimer<String, VoidNamespace> timer)
                            throws Exception {
                        action.run(timer.getKey(), timer.getTimestamp());
                    }

                    @Override
                    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
                        throw new IllegalStateException(
                                "a timer of a series fires in processing time; expected event"
                                        + " time only");
                    }
                };
        return operator.getInternalTimerService(name, VoidNamespaceSerializer.INSTANCE, trigger);
    }

    void openTicksAt(long time) {
        open.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    void expiryAt(long time) {
        expiry.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    void silenceAt(long time) {
        silence.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    /** The watermark that the timers have reached. */
    long currentWatermark() {
        return expiry.currentWatermark();
    }
}
