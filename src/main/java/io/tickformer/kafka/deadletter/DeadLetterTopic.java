package io.tickformer.kafka.deadletter;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.Topics;
import io.tickformer.kafka.topic.TopicScan;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The dead letters that a topic holds, as it is when it is first read, and which of them were put
 * back: for each of those the topic holds a mark, a record without key and value whose header says
 * which.
 */
public final class DeadLetterTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Takes dead letters; those of a partition in their order. */
    public interface Taker {
        void take(StoredDeadLetter letter) throws IOException;
    }

    private record Place(int partition, long offset) {}

    private final KafkaConnection connection;
    private final String topic;
    private final TopicScan scan;
    private Set<Place> putBack;

    public DeadLetterTopic(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
        this.scan = new TopicScan(connection, List.of(topic));
    }

    /**
     * Reads them through.
     *
     * @return the number of records that are neither dead letters nor marks
     * @throws IOException if the brokers cannot be asked, or have no such topic
     */
    public long read(Taker out) throws IOException {
        Set<Place> marked = putBack();
        long[] others = new long[1];
        scan.read(
                record -> {
                    if (isMark(record)) {
                        return;
                    }
                    Optional<DeadLetter> letter = DeadLetterHeaders.letter(record);
                    if (letter.isEmpty()) {
                        others[0]++;
                        return;
                    }
                    out.take(
                            new StoredDeadLetter(
                                    record.partition(),
                                    record.offset(),
                                    record.timestamp(),
                                    letter.get(),
                                    DeadLetterHeaders.text(record.headers(), DeadLetterRecords.CUT)
                                            .orElse(null),
                                    DeadLetterHeaders.replays(letter.get().headers()),
                                    marked.contains(
                                            new Place(record.partition(), record.offset()))));
                });
        return others[0];
    }

    /**
     * Whether the letter at a place was put back before this topic was first read.
     *
     * @throws IOException if the brokers cannot be asked, or have no such topic
     */
    public boolean isPutBack(int partition, long offset) throws IOException {
        return putBack().contains(new Place(partition, offset));
    }

    private Set<Place> putBack() throws IOException {
        if (putBack == null) {
            try (Topics topics = new Topics(connection, PATIENCE)) {
                if (!topics.names().contains(topic)) {
                    throw new IOException(
                            "the brokers at %s have no topic %s; no job has written dead letters"
                                    .formatted(connection.bootstrapServers(), topic));
                }
            } catch (KafkaException e) {
                throw new IOException(
                        "the brokers at %s: %s"
                                .formatted(connection.bootstrapServers(), e.getMessage()),
                        e);
            }
            Set<Place> marked = new HashSet<>();
            scan.read(record -> place(record).ifPresent(marked::add));
            putBack = marked;
        }
        return putBack;
    }

    private static boolean isMark(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(DeadLetterHeaders.PUT_BACK) != null;
    }

    /** The place of the letter that a mark speaks of. */
    private static Optional<Place> place(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.PUT_BACK)
                .flatMap(DeadLetterTopic::place);
    }

    private static Optional<Place> place(String text) {
        int at = text.indexOf('@');
        try {
            return Optional.of(
                    new Place(
                            Integer.parseInt(text.substring(0, Math.max(0, at))),
                            Long.parseLong(text.substring(at + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What a mark says of the letter at a place. */
    static String mark(int partition, long offset) {
        return partition + "@" + offset;
    }
}
