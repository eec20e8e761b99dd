package io.tickformer.cli.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.training.Trainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does to a training: it ends after the step under way and leaves a training snapshot.
 * The process waits for that, as the virtual machine runs on until its shutdown hooks are done.
 */
final class Interrupt implements AutoCloseable {
    /** Far longer than any step; a step that hangs must not keep the process alive. */
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");
    private volatile Trainer trainer;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Names the trainer to stop. */
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

    /** The training has ended, one way or another. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook has run and needs no removal.
            trainer = null;
        }
    }
}
