package io.tickformer.kafka.topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells a reader that waits for nothing from one that has much to pass over. A poll comes back
 * empty at once where all that it fetched belongs to aborted transactions, so empty polls say
 * nothing: the positions do.
 */
final class StallDetector {
    private final Consumer<?, ?> consumer;
    private final int patience;
    private long positions = -1;
    private int standing;

    /**
     * @param patience polls without progress after which nothing more is expected
     */
    StallDetector(Consumer<?, ?> consumer, int patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /** Whether so many polls have moved no position; to be asked once after each. */
    boolean isStalled() {
        long now = 0;
        for (TopicPartition partition : consumer.assignment()) {
            now += consumer.position(partition);
        }
        standing = now == positions ? standing + 1 : 0;
        positions = now;
        return standing >= patience;
    }
}
