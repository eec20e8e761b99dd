package io.tickformer.operator;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Flushes a micro-batch that is not full once its oldest context has waited for the linger.
 *
 * <p>At most one processing-time timer is pending. It stays when a micro-batch is flushed earlier
 * for another reason; if it then fires too early for the next micro-batch, it is set again. Timers
 * run in the task's thread.
 */
final class FlushTimer implements AutoCloseable {
    private final ProcessingTimeService time;
    private final long lingerMillis;
    private final ThrowingRunnable<Exception> flush;
    private boolean waiting;
    private ScheduledFuture<?> timer;
    private long due;

    FlushTimer(ProcessingTimeService time, long lingerMillis, ThrowingRunnable<Exception> flush) {
        this.time = time;
        this.lingerMillis = lingerMillis;
        this.flush = flush;
    }

    /** A context was added to the micro-batch. */
    void added() {
        if (!waiting) {
            waiting = true;
            due = time.getCurrentProcessingTime() + lingerMillis;
            schedule();
        }
    }

    /** The micro-batch was flushed. */
    void flushed() {
        waiting = false;
    }

    private void schedule() {
        if (timer == null) {
            timer = time.registerTimer(due, this::fire);
        }
    }

    private void fire(long now) throws Exception {
        timer = null;
        if (!waiting) {
            return;
        }
        if (now >= due) {
            flush.run();
        } else {
            schedule();
        }
    }

    /** Cancels the pending timer. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
