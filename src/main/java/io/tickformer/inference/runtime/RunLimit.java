package io.tickformer.inference.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Terminates a run of a graph that takes too long, such as an endless loop. A thread watches one
 * run. Close this after the run, and before its options; the thread has then ended.
 */
final class RunLimit implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread watch;
    private volatile boolean exceeded;

    /**
     * Starts to watch a run.
     *
     * @param options of the run
     */
    RunLimit(RunOptions options, Duration patience) {
        watch =
                new Thread(
                        () -> {
                            try {
                                if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                                    exceeded = true;
                                    options.setTerminate(true);
                                }
                            } catch (InterruptedException | OrtException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "onnxruntime-run-limit");
        watch.setDaemon(true);
        watch.start();
    }

    /** Whether the run was terminated. */
    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void close() {
        ended.countDown();
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
