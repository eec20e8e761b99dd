package io.tickformer.operator;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * When a micro-batch that does not fill is flushed: once its oldest tick waited for the linger.
 *
 * <p>At most one processing-time timer is pending. It is not moved when a batch is flushed earlier
 * for another reason; when it fires too early for the batch that waits then, it is set again.
 * Timers run in the task's own thread.
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

    /** A tick was added to the batch. */
    void added() {
        if (!waiting) {
            waiting = true;
            due = time.getCurrentProcessingTime() + lingerMillis;
            schedule();
        }
    }

    /** The batch was flushed. */
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

    /** Takes back the timer that is pending. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
