package io.tickformer.cli.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.training.Trainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C during a training: the training stops after the current step and writes a training
 * snapshot. The shutdown hook keeps the process alive until then.
 */
final class Interrupt implements AutoCloseable {
    /**
     * Far longer than any step. After that, a step that hangs no longer keeps the process alive.
     */
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");
    private volatile Trainer trainer;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Sets the trainer to stop. */
    void stops(Trainer toStop) {
        trainer = toStop;
    }

    private void stopAndWait() {
        Trainer running = trainer;
        if (running == null) {
            return;
        }
        running.stop();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @CanIgnoreReturnValue
    private boolean awaitEnd() throws InterruptedException {
        return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Called when the training has ended, for whatever reason. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already ending: the hook has run and need not be removed.
            trainer = null;
        }
    }
}
