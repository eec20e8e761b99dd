package io.tickformer.inference.runtime;

import io.tickformer.annotation.Internal;
import java.util.Objects;

/**
 * How a graph is executed.
 *
 * @param provider the execution provider
 * @param threads threads within one op, the caller's included; with 1 the runtime starts none
 */
@Internal
public record RunnerOptions(ExecutionProvider provider, int threads) {
    /** One thread on the CPU, for models that are shared by the subtasks of a job. */
    public static final RunnerOptions SERVING = new RunnerOptions(ExecutionProvider.CPU, 1);

    public RunnerOptions {
        Objects.requireNonNull(provider, "provider");
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "threads is %d; expected at least 1".formatted(threads));
        }
    }
}
