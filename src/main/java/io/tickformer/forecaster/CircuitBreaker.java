package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;

/**
 * Decides when to call a model again whose calls fail. While the circuit is closed, every
 * micro-batch calls the model. A call that fails opens it: the next {@value #FIRST_PAUSE}
 * micro-batches do without the model, then one tries it. If it fails again, the pause doubles, up
 * to {@value #LONGEST_PAUSE}; if it succeeds, the circuit closes.
 *
 * <p>A pause is a number of micro-batches and not a time, so that no clock decides about a
 * forecast.
 */
@Internal
public final class CircuitBreaker {
    /** Micro-batches that the first pause lasts. */
    public static final int FIRST_PAUSE = 4;

    /** Micro-batches that the longest pause lasts. */
    public static final int LONGEST_PAUSE = 256;

    /** Length of the current pause; 0 while the circuit is closed. */
    private int pause;

    /** Micro-batches left of it. */
    private int left;

    /** Whether calls have failed and none has succeeded since. */
    public boolean isOpen() {
        return pause > 0;
    }

    /** Whether the next micro-batch may call the model. Each micro-batch asks once. */
    public boolean admits() {
        if (left == 0) {
            return true;
        }
        left--;
        return false;
    }

    /**
     * A call has failed.
     *
     * @return whether this opens the circuit, which was closed
     */
    public boolean failed() {
        boolean opens = pause == 0;
        pause = opens ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
        left = pause;
        return opens;
    }

    /**
     * A call has succeeded.
     *
     * @return whether this closes the circuit, which was open
     */
    public boolean succeeded() {
        boolean closes = pause > 0;
        pause = 0;
        return closes;
    }
}
