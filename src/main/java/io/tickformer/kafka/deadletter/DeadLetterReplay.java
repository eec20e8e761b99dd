package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.RecordSizeLimit;
import io.tickformer.kafka.TopicAdmin;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the original records of dead letters back to their topics: the original bytes, headers and
 * timestamp, to the original partition. Two headers are added: {@code replayed-from}, the original
 * position of the record, and {@code replayed-times}, how often it was replayed.
 *
 * <p>Each transaction contains some records and, in the dead-letter topic, a marker for each of
 * them. So a record is replayed if and only if it has a marker, whatever fails in between. A second
 * replay with the same transactional id fences the first one. Closing without a commit discards the
 * records since the last commit. Not thread-safe.
 */
@Internal
public final class DeadLetterReplay implements AutoCloseable {
    private static final int LETTERS_A_TRANSACTION = 500;
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final String deadLetterTopic;
    private final Set<String> topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int uncommitted;
    private long committed;

    /**
     * Connects, and fences an earlier replay that still runs.
     *
     * @param deadLetterTopic topic of the dead letters, for the markers
     * @param transactionalId transactional id of the replay
     * @throws IOException if a request to the brokers fails
     */
    public DeadLetterReplay(
            KafkaConnection connection, String deadLetterTopic, String transactionalId)
            throws IOException {
        this.bootstrapServers = connection.bootstrapServers();
        this.deadLetterTopic = deadLetterTopic;
        try (TopicAdmin there = new TopicAdmin(connection, TIMEOUT)) {
            this.topics = there.names();
        } catch (KafkaException e) {
            throw failed(e);
        }
        Properties properties = new Properties();
        properties.putAll(RecordSizeLimit.producerProperties());
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.setProperty(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        // There may be many letters between two that are selected.
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        properties.putAll(connection.clientProperties());
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        try {
            this.producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw failed(e);
        }
    }

    /**
     * Replays a letter with the next commit. Large transactions are committed automatically.
     *
     * @param other the target topic; empty for the original topic
     * @throws IOException if the topic does not exist or the record cannot be written
     */
    public void put(StoredDeadLetter stored, Optional<String> other) throws IOException {
        DeadLetter letter = stored.letter();
        String topic = other.orElse(letter.topic());
        if (!topics.contains(topic)) {
            throw new IOException(
                    "the brokers at %s have no topic %s, the target of dead letter %d@%d"
                            .formatted(
                                    bootstrapServers, topic, stored.partition(), stored.offset()));
        }
        try {
            if (uncommitted == 0) {
                producer.beginTransaction();
            }
            uncommitted++;
            send(record(letter, topic, other.isEmpty()));
            ProducerRecord<byte[], byte[]> mark =
                    new ProducerRecord<>(deadLetterTopic, stored.partition(), null, null);
            mark.headers()
                    .add(
                            DeadLetterHeaders.PUT_BACK,
                            DeadLetterHeaders.text(
                                            DeadLetterHeaders.PUT_BACK,
                                            DeadLetterTopic.mark(
                                                    stored.partition(), stored.offset()))
                                    .value());
            send(mark);
        } catch (KafkaException e) {
            throw failed(e);
        }
        if (uncommitted == LETTERS_A_TRANSACTION) {
            commit();
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        // The callback keeps the failure; the future would report the same.
        Future<RecordMetadata> unused =
                producer.send(
                        record,
                        (metadata, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, String topic, boolean own) {
        int there = partitions.computeIfAbsent(topic, name -> producer.partitionsFor(name).size());
        // The topic may have been recreated with fewer partitions.
        boolean same = own && letter.partition() < there;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        same ? letter.partition() : null,
                        letter.timestampMillis() < 0 ? null : letter.timestampMillis(),
                        letter.key(),
                        letter.value());
        List<OriginalHeader> headers = DeadLetterHeaders.putBack(letter);
        headers.forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    /**
     * Commits the records since the last commit.
     *
     * @throws IOException if a record could not be written; then nothing since the last commit is
     *     replayed
     */
    public void commit() throws IOException {
        if (uncommitted == 0) {
            return;
        }
        try {
            producer.flush();
            Exception e = failure.get();
            if (e != null) {
                throw failed(e);
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failed(e);
        }
        committed += uncommitted;
        uncommitted = 0;
    }

    /** The number of committed letters. */
    public long committed() {
        return committed;
    }

    private IOException failed(Exception e) {
        Exception cause = failure.get() == null ? e : failure.get();
        String hint =
                cause instanceof ProducerFencedException
                        ? "; another replay of these dead letters has started"
                        : cause instanceof RecordTooLargeException
                                ? "; raise the topic's max.message.bytes"
                                : "";
        return new IOException(
                "cannot replay dead letters at %s (%d were replayed): %s%s"
                        .formatted(bootstrapServers, committed, cause.getMessage(), hint),
                cause);
    }

    @Override
    public void close() {
        // An open transaction is aborted.
        producer.close(TIMEOUT);
    }
}
