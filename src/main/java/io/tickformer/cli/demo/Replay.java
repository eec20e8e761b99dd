package io.tickformer.cli.demo;

import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.Servers;
import java.io.IOException;

/** Sends a feed to the input topic, tick after tick, and tells the state what it sends. */
final class Replay implements AutoCloseable {
    /** Ticks after which a tick is taken for final: late readings come within two hours. */
    private static final int FINAL_AFTER = 3;

    private final Feed feed;
    private final long ticks;
    private final LiveState state;
    private final TickActuals actuals;
    private final ObservationProducer producer;
    private final FeedPublisher publisher;
    private long sent;

    /**
     * @param ticks ticks to send at most
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
        for (Delivery delivery : feed.next()) {
            publisher.publish(delivery);
            state.sent(actuals.add(delivery));
        }
        sent++;
        state.tickSent(actuals.drainOlderThan(FINAL_AFTER));
    }

    /** Ticks sent so far. */
    long sent() {
        return sent;
    }

    /** Waits until all that was sent is on the broker. */
    void flush() throws IOException {
        publisher.flush();
    }

    /** Takes every tick sent so far for final. */
    void settle() {
        state.settle(actuals.drainBefore(Long.MAX_VALUE));
    }

    @Override
    public void close() {
        producer.close();
    }
}
