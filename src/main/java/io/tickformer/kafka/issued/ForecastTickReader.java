package io.tickformer.kafka.issued;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.topic.CommittedRecords;
import java.io.IOException;
import java.time.Duration;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Reads which ticks the forecasts of a topic were issued at, from its beginning, and nothing else
 * of them: for benchmarks, which must not spend on reading what they measure of writing. Forecasts
 * are Avro. Plain Kafka, without a consumer group. For one thread.
 */
public final class ForecastTickReader implements AutoCloseable {
    private final CommittedRecords records;
    private BinaryDecoder decoder;

    public ForecastTickReader(String bootstrapServers, String topic) {
        this(KafkaConnection.of(bootstrapServers), topic);
    }

    /** As above, with further properties of the client. */
    public ForecastTickReader(KafkaConnection connection, String topic) {
        this.records = new CommittedRecords(connection, topic);
    }

    /**
     * The tick indices of the forecasts that have come since; in order within a series.
     *
     * @param timeout how long to wait for the first
     * @throws IOException if a record is no forecast
     */
    public long[] poll(Duration timeout) throws IOException {
        ConsumerRecords<byte[], byte[]> polled = records.poll(timeout);
        long[] ticks = new long[polled.count()];
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            ticks[count++] = tick(record.value());
        }
        return ticks;
    }

    private long tick(byte[] value) throws IOException {
        int header = ConfluentFrame.HEADER_LENGTH;
        decoder = DecoderFactory.get().binaryDecoder(value, header, value.length - header, decoder);
        decoder.skipString();
        return decoder.readLong();
    }

    @Override
    public void close() {
        records.close();
    }
}
