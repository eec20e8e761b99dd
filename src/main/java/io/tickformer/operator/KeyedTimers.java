package io.tickformer.operator;

import io.tickformer.forecaster.SeriesTimers;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/** The timers of the series in Flink: those of the current key. One of each kind at most. */
final class KeyedTimers implements SeriesTimers {
    private final InternalTimerService<VoidNamespace> open;
    private final InternalTimerService<VoidNamespace> expiry;
    private final InternalTimerService<VoidNamespace> silence;

    /** Set before a timer can fire. */
    private Handler handler;

    /** A handler of one kind of timer. */
    @FunctionalInterface
    private interface Action {
        void run(Handler handler, String series, long time);
    }

    KeyedTimers(AbstractStreamOperator<?> operator) {
        open = service(operator, "open", Handler::onOpenTicksDue);
        expiry = service(operator, "expiry", Handler::onExpiryDue);
        silence = service(operator, "silence", Handler::onSilenceDue);
    }

    /** Says what happens when a timer fires. */
    void handleBy(Handler other) {
        handler = other;
    }

    private InternalTimerService<VoidNamespace> service(
            AbstractStreamOperator<?> operator, String name, Action action) {
        Triggerable<String, VoidNamespace> trigger =
                new Triggerable<>() {
                    @Override
                    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
                        action.run(handler, timer.getKey(), timer.getTimestamp());
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

    @Override
    public void openTicksAt(long time) {
        open.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void expiryAt(long time) {
        expiry.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void silenceAt(long time) {
        silence.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    /** The watermark that the timers have reached. */
    long currentWatermark() {
        return expiry.currentWatermark();
    }
}
