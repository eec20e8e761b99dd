package io.tickformer.lab.chaos;

import io.tickformer.console.UserError;
import io.tickformer.kafka.encode.ObservationProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Sends the stream tick by tick at a steady pace, even while the broker is down. */
final class StreamSender implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ObservationProducer producer;
    private final ChaosStream stream;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(StreamSender::thread);
    private final ScheduledFuture<?> sending;

    /**
     * Starts to send.
     *
     * @param pause time between ticks
     */
    StreamSender(ObservationProducer producer, ChaosStream stream, Duration pause) {
        this.producer = producer;
        this.stream = stream;
        this.sending =
                clock.scheduleAtFixedRate(this::next, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends this many ticks and the closing events at once. */
    static void sendAll(ObservationProducer producer, ChaosStream stream, long ticks)
            throws IOException {
        for (long i = 0; i < ticks; i++) {
            send(producer, stream.next());
        }
        end(producer, stream);
    }

    private void next() {
        try {
            send(producer, stream.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(ObservationProducer producer, Iterable<ChaosStream.Sent> events)
            throws IOException {
        for (ChaosStream.Sent event : events) {
            producer.send(event.observation(), event.partition());
        }
    }

    private static void end(ObservationProducer producer, ChaosStream stream) throws IOException {
        send(producer, stream.closing());
        producer.flush();
    }

    /**
     * Fails if sending has failed.
     *
     * @throws UserError with the reason
     */
    void check() {
        if (!sending.isDone() || sending.isCancelled()) {
            return;
        }
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw new UserError("the producer gave up: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Stops after the current tick, sends the closing events, and waits until all is written. */
    void finish() throws IOException {
        check();
        sending.cancel(false);
        clock.shutdown();
        try {
            if (!clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new UserError("the producer does not finish; is the broker running?");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        end(producer, stream);
    }

    private static UserError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UserError("interrupted while sending", e);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "chaos-sender");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
