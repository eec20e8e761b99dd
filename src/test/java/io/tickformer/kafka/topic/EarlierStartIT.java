package io.tickformer.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.sink.OpenTransactions;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.SharedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What brokers know of an earlier start of a job, and what is done about it. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class EarlierStartIT {
    private static final Duration DAY = Duration.ofDays(1);

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedServers.broker();
    }

    @Test
    void onlyTheTransactionsOfTheSinkItselfAreEnded() throws Exception {
        create("ended");
        try (KafkaProducer<byte[], byte[]> own = open("power-forecasts-0-1");
                KafkaProducer<byte[], byte[]> other = open("power-forecasts-forecasts-0-1")) {
            assertThat(OpenTransactions.abort(connection(), "power-forecasts")).isEqualTo(1);

            other.commitTransaction();
            assertThatThrownBy(own::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
    }

    @Test
    void aTopicThatWasMadeAnewEndsWhereItsRecordsDo() throws Exception {
        create("anew");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("anew", new byte[1])).get();
            }
        }
        commit("anew", 1_000_000);

        try (GroupProgress progress = GroupProgress.of(connection(), List.of("anew"), "anew")) {
            RewindPlan back = progress.rewind(System.currentTimeMillis(), DAY);

            assertThat(back.starts()).containsEntry(new TopicPartition("anew", 0), 0L);
            assertThat(back.committed()).containsEntry(new TopicPartition("anew", 0), 10L);
        }
    }

    @Test
    void howFarAPartitionWasReadIsNotKnownWithoutACommitBeyondItsBeginning() throws Exception {
        create("begun");
        commit("begun", 0);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("begun", new byte[1])).get();
        }

        long now = System.currentTimeMillis();
        try (GroupProgress begun = GroupProgress.of(connection(), List.of("begun"), "begun")) {
            assertThat(begun.oldestMillis(now, DAY)).isZero();
        }
        commit("begun", 1);
        try (GroupProgress read = GroupProgress.of(connection(), List.of("begun"), "begun")) {
            assertThat(read.oldestMillis(now, DAY)).isBetween(now - DAY.toMillis() - 60_000, now);
        }
    }

    /** A job that was killed before its first checkpoint may have written that much. */
    @Test
    void aTopicThatHoldsMuchOfAnAbortedTransactionIsReadThrough() throws Exception {
        create("aborted");
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "aborting"))) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                sent.add(producer.send(new ProducerRecord<>("aborted", new byte[900_000])));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            producer.abortTransaction();
            producer.beginTransaction();
            Future<RecordMetadata> kept =
                    producer.send(new ProducerRecord<>("aborted", new byte[7]));
            producer.commitTransaction();
            kept.get();
        }

        List<Integer> sizes = new ArrayList<>();
        new TopicScan(connection(), List.of("aborted"))
                .read(record -> sizes.add(record.value().length));
        assertThat(sizes).containsExactly(7);
        TopicPartition partition = new TopicPartition("aborted", 0);
        try (TopicOffsets offsets = new TopicOffsets(connection())) {
            assertThat(offsets.timestamps(Map.of(partition, new TopicOffsets.Range(0, 92))))
                    .hasEntrySatisfying(partition, times -> assertThat(times).hasSize(1));
        }
    }

    private static KafkaConnection connection() {
        return KafkaConnection.of(broker.bootstrapServers());
    }

    private static void create(String topic) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of(topic), 1, 1);
        }
    }

    private static void commit(String topic, long offset) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            topic,
                            Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> open(String transactionalId) throws Exception {
        KafkaProducer<byte[], byte[]> producer =
                producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId));
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("ended", new byte[1])).get();
        return producer;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
