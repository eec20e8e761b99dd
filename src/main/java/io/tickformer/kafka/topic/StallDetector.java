package io.tickformer.kafka.topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Detects a consumer that makes no progress. A poll returns empty if all fetched records belong to
 * aborted transactions, so the detector compares positions and does not count empty polls.
 */
final class StallDetector {
    private final Consumer<?, ?> consumer;
    private final int most;
    private long positions = -1;
    private int standing;

    /**
     * @param most polls without progress after which the consumer counts as stalled
     */
    StallDetector(Consumer<?, ?> consumer, int most) {
        this.consumer = consumer;
        this.most = most;
    }

    /** Returns whether the last polls made no progress. Call it once after each poll. */
    boolean isStalled() {
        long now = 0;
        for (TopicPartition partition : consumer.assignment()) {
            now += consumer.position(partition);
        }
        standing = now == positions ? standing + 1 : 0;
        positions = now;
        return standing >= most;
    }
}
