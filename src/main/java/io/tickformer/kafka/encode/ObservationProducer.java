package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.ConnectionAdvice;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes observations to a topic in the format of {@code schemas/observation.avsc}, Avro or JSON,
 * keyed by series. It uses a plain Kafka producer. The demo and tests use it, the job does not.
 */
@Internal
public final class ObservationProducer implements AutoCloseable {
    private static final Duration LINGER = Duration.ofMillis(5);

    /** Kafka's default. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String topic;
    private final boolean avro;
    private final int schemaId;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * Connects, and registers the schema if the format is Avro.
     *
     * @throws IOException if a request to the schema registry fails, or Kafka rejects the
     *     properties
     */
    public ObservationProducer(String bootstrapServers, String topic, OutputFormat format)
            throws IOException {
        this(KafkaConnection.of(bootstrapServers), topic, format, LINGER);
    }

    /** As above, with further properties of the client. */
    public ObservationProducer(KafkaConnection connection, String topic, OutputFormat format)
            throws IOException {
        this(connection, topic, format, LINGER);
    }

    /**
     * As above.
     *
     * @param linger how long an observation may wait for others to be sent with
     */
    public ObservationProducer(
            KafkaConnection connection, String topic, OutputFormat format, Duration linger)
            throws IOException {
        this(connection, topic, format, linger, TIMEOUT);
    }

    /**
     * As above.
     *
     * @param timeout delivery timeout of an observation. Until then it is sent again if the brokers
     *     are unreachable, and it is never written twice
     */
    public ObservationProducer(
            KafkaConnection connection,
            String topic,
            OutputFormat format,
            Duration linger,
            Duration timeout)
            throws IOException {
        this.topic = topic;
        this.avro = format.payload() == PayloadFormat.AVRO;
        this.schemaId = avro ? format.register(topic, Schemas.observation()) : 0;
        Properties properties = connection.clientProperties();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Math.toIntExact(linger.toMillis()));
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
        try {
            this.producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw connection.refused(e);
        }
    }

    /**
     * Sends an observation. It is written after the next {@link #flush}.
     *
     * @throws IOException if an earlier one could not be written
     */
    public void send(Observation observation) throws IOException {
        sendRaw(key(observation), value(observation));
    }

    /**
     * Sends an observation to a given partition. It is written after the next {@link #flush}.
     *
     * @throws IOException if an earlier one could not be written
     */
    public void send(Observation observation, int partition) throws IOException {
        send(new ProducerRecord<>(topic, partition, key(observation), value(observation)));
    }

    private static byte[] key(Observation observation) {
        return observation.series().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] value(Observation observation) {
        return avro
                ? ObservationCodec.avro(observation, schemaId)
                : ObservationCodec.json(observation);
    }

    /**
     * Sends bytes unchanged, for instance a malformed record.
     *
     * @throws IOException if an earlier record could not be written
     */
    public void sendRaw(byte[] key, byte[] value) throws IOException {
        send(new ProducerRecord<>(topic, key, value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws IOException {
        check();
        try {
            // The callback keeps the failure; the future would report the same.
            Future<RecordMetadata> unused = producer.send(record, this::written);
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    /**
     * Waits until all sent records are written.
     *
     * @throws IOException if a record could not be written
     */
    public void flush() throws IOException {
        producer.flush();
        check();
    }

    private void written(RecordMetadata metadata, Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
        }
    }

    private void check() throws IOException {
        Exception e = failure.get();
        if (e != null) {
            throw failed(e);
        }
    }

    private IOException failed(Exception e) {
        return new IOException(
                "cannot write an observation to topic %s: %s"
                        .formatted(topic, ConnectionAdvice.onBrokers(e)),
                e);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
