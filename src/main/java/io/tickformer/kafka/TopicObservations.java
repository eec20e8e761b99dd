package io.tickformer.kafka;

import io.tickformer.event.Observation;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what topics hold, from the earliest offset to the end as it was at the start, committed
 * records only, and decodes it as the job does. It joins no consumer group and commits no offset.
 */
public final class TopicObservations {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** After so many polls in a row without anything new the brokers count as gone. */
    private static final int PATIENCE = 60;

    private final KafkaConnection connection;
    private final List<String> topics;
    private final RecordDecoder decoder;

    /**
     * @param registry where the schemas of Avro records are; null to read JSON
     * @param clock tells which event times lie in the future
     */
    public TopicObservations(
            KafkaConnection connection,
            List<String> topics,
            InputLayout layout,
            RegistrySettings registry,
            Clock clock) {
        this.connection = connection;
        this.topics = List.copyOf(topics);
        PayloadReader reader =
                registry == null
                        ? new JsonPayloadReader()
                        : new AvroPayloadReader(new SchemaRegistryClient(registry)::schema);
        this.decoder = new RecordDecoder(layout, reader, clock);
    }

    /**
     * Reads them through.
     *
     * @param out takes the observations; those of a partition in their order
     * @throws IOException if the brokers or the registry cannot be asked or refuse
     */
    public TopicReading read(Consumer<Observation> out) throws IOException {
        Properties properties = new Properties();
        properties.putAll(connection.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, out);
        } catch (KafkaException e) {
            throw connection.failed("topics cannot be read", e);
        }
    }

    private TopicReading read(KafkaConsumer<byte[], byte[]> consumer, Consumer<Observation> out)
            throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Tally tally = new Tally(out);
        int idle = 0;
        while (!isAtEnd(consumer, ends)) {
            idle++;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                idle = 0;
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                // What came after the start would make the history depend on when it ends.
                if (record.offset() < ends.get(partition)) {
                    tally.records++;
                    tally.missing += decoder.decode(record, tally);
                }
            }
            if (idle == PATIENCE) {
                throw new IOException(
                        "the brokers at %s sent nothing for %d s, %d records into %s"
                                .formatted(
                                        connection.bootstrapServers(),
                                        PATIENCE * POLL.toSeconds(),
                                        tally.records,
                                        String.join(", ", topics)));
            }
        }
        return new TopicReading(tally.records, tally.observations, tally.missing, tally.rejected);
    }

    /** Pauses the partitions that are read through, and says whether all are. */
    private static boolean isAtEnd(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> done = new ArrayList<>();
        ends.forEach(
                (partition, end) -> {
                    if (consumer.position(partition) >= end) {
                        done.add(partition);
                    }
                });
        consumer.pause(done);
        return done.size() == ends.size();
    }

    /** Counts what is decoded and passes on what is good. */
    private static final class Tally implements Consumer<Decoded> {
        private final Consumer<Observation> out;
        private final Map<DeadLetterReason, Long> rejected = new EnumMap<>(DeadLetterReason.class);
        private long records;
        private long observations;
        private long missing;

        Tally(Consumer<Observation> out) {
            this.out = out;
        }

        @Override
        public void accept(Decoded decoded) {
            if (decoded instanceof Decoded.Observed observed) {
                observations++;
                out.accept(observed.observation());
            } else if (decoded instanceof Decoded.Rejected bad) {
                rejected.merge(bad.deadLetter().reason(), 1L, Long::sum);
            }
        }
    }
}
