package io.tickformer.inference.runtime;

import java.util.Objects;

/**
 * How a graph is executed.
 *
 * @param provider what executes it
 * @param threads threads within one op, the caller's included; with 1 the runtime starts none
 */
public record RunnerOptions(Provider provider, int threads) {
    /** One thread of the processor: what the subtasks of a job, each with its own, share. */
    public static final RunnerOptions SERVING = new RunnerOptions(Provider.CPU, 1);

    public RunnerOptions {
        Objects.requireNonNull(provider, "provider");
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "threads is %d; expected at least 1".formatted(threads));
        }
    }
}
