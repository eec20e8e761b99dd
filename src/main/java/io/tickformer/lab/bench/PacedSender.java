package io.tickformer.lab.bench;

import io.tickformer.kafka.encode.ObservationProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends events at a fixed rate: in each millisecond those that are due. Reports when an event
 * completes a tick. Stops early if its thread is interrupted.
 */
final class PacedSender implements Runnable {
    private static final long SLOT_NANOS = 1_000_000L;
    private static final double NANOS = 1e9;

    private final ObservationProducer producer;
    private final EventStream events;
    private final Latencies latencies;
    private final long first;
    private final double eventsPerSecond;
    private final Duration warmUp;
    private final Duration whole;
    // Only the sending thread writes this.
    private volatile long sent;

    /**
     * @param first number of the first event to send
     * @param warmUp initial time in which completed ticks are not measured
     * @param whole total time to send
     */
    PacedSender(
            ObservationProducer producer,
            EventStream events,
            Latencies latencies,
            long first,
            double eventsPerSecond,
            Duration warmUp,
            Duration whole) {
        this.producer = producer;
        this.events = events;
        this.latencies = latencies;
        this.first = first;
        this.eventsPerSecond = eventsPerSecond;
        this.warmUp = warmUp;
        this.whole = whole;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try {
            for (long i = 0; ; i++) {
                long due = (long) (i / eventsPerSecond * NANOS) / SLOT_NANOS * SLOT_NANOS;
                if (due >= whole.toNanos() || !waitUntil(start + due)) {
                    break;
                }
                send(first + i, start, due);
                sent = i + 1;
            }
            producer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of events sent so far. */
    long sent() {
        return sent;
    }

    private void send(long number, long start, long due) throws IOException {
        if (due >= warmUp.toNanos() && events.completesTick(number)) {
            latencies.completed(events.tick(number) - 1, start + due);
        }
        producer.send(events.event(number), events.partition(number));
    }

    /** Waits; returns false if interrupted. */
    private static boolean waitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = nanos - System.nanoTime();
        }
        return !Thread.currentThread().isInterrupted();
    }
}
