package io.tickformer.cli.demo;

import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.Servers;
import java.io.IOException;

/** Sends a feed to the input topic, tick by tick, and records in the state what it sends. */
final class Replay implements AutoCloseable {
    /** Number of ticks after which a tick is final: late readings arrive within two hours. */
    private static final int FINAL_AFTER = 3;

    private final Feed feed;
    private final long ticks;
    private final LiveState state;
    private final TickActuals actuals;
    private final ObservationProducer producer;
    private final FeedPublisher publisher;
    private long sent;

    /**
     * @param ticks maximum number of ticks to send
     */
    Replay(Feed feed, long ticks, Servers servers, DemoTopics topics, LiveState state)
            throws IOException {
        this.feed = feed;
        this.ticks = ticks;
        this.state = state;
        actuals = new TickActuals(feed.tickMillis());
        producer =
                new ObservationProducer(
                        servers.kafka(),
                        topics.observations(),
                        OutputFormat.avro(servers.registry()));
        publisher = new FeedPublisher(producer);
    }

    boolean hasNext() {
        return sent < ticks && feed.hasNext();
    }

    /** Sends the next tick. */
    void next() throws IOException {
        for (SimulatedRecord delivery : feed.next()) {
            publisher.publish(delivery);
            state.sent(actuals.add(delivery));
        }
        sent++;
        state.tickSent(actuals.drainOlderThan(FINAL_AFTER));
    }

    /** Number of ticks sent so far. */
    long sent() {
        return sent;
    }

    /** Waits until the broker has every sent record. */
    void flush() throws IOException {
        publisher.flush();
    }

    /** Marks every tick sent so far as final. */
    void settle() {
        state.settle(actuals.drainBefore(Long.MAX_VALUE));
    }

    @Override
    public void close() {
        producer.close();
    }
}
