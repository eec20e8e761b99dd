package io.tickformer.inference.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Logs once per process that models run on the CPU, and why. */
final class CpuFallbackNotice {
    private final Consumer<String> log;
    private final AtomicBoolean given = new AtomicBoolean();

    CpuFallbackNotice(Consumer<String> log) {
        this.log = log;
    }

    void give(String reason) {
        if (given.compareAndSet(false, true)) {
            log.accept("Models run on the CPU: " + reason);
        }
    }
}
