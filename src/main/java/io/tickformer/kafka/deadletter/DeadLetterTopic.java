package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
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
 * Reads the dead letters of a topic, up to its end at the first read, and which of them were
 * replayed. The topic has a marker for each replayed letter: a record without key and value, whose
 * header holds the position of the letter.
 */
@Internal
public final class DeadLetterTopic {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Receives dead letters, in order within a partition. */
    public interface Handler {
        void handle(StoredDeadLetter letter) throws IOException;
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
     * Reads all dead letters.
     *
     * @return the number of records that are neither dead letters nor markers
     * @throws IOException if a request to the brokers fails, or the topic does not exist
     */
    public long read(Handler out) throws IOException {
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
                    out.handle(
                            new StoredDeadLetter(
                                    record.partition(),
                                    record.offset(),
                                    record.timestamp(),
                                    letter.get(),
                                    DeadLetterHeaders.text(
                                                    record.headers(),
                                                    DeadLetterRecordSerializer.CUT)
                                            .orElse(null),
                                    DeadLetterHeaders.replays(letter.get().headers()),
                                    marked.contains(
                                            new Place(record.partition(), record.offset()))));
                });
        return others[0];
    }

    /**
     * Returns whether the letter at a position had been replayed before the first read.
     *
     * @throws IOException if a request to the brokers fails, or the topic does not exist
     */
    public boolean isPutBack(int partition, long offset) throws IOException {
        return putBack().contains(new Place(partition, offset));
    }

    private Set<Place> putBack() throws IOException {
        if (putBack == null) {
            try (TopicAdmin topics = new TopicAdmin(connection, TIMEOUT)) {
                if (!topics.names().contains(topic)) {
                    throw new IOException(
                            "the brokers at %s have no topic %s: no job has written dead letters"
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

    /** The position of the letter that a marker is for. */
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

    /** The text of a marker for the letter at a position. */
    static String mark(int partition, long offset) {
        return partition + "@" + offset;
    }
}
