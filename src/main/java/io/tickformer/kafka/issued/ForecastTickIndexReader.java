package io.tickformer.kafka.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.topic.CommittedRecordReader;
import java.io.IOException;
import java.time.Duration;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Reads only the tick indices of the Avro forecasts of a topic, from its beginning. It serves
 * benchmarks, in which reading must cost little. It uses a plain Kafka consumer without a consumer
 * group. Not thread-safe.
 */
@Internal
public final class ForecastTickIndexReader implements AutoCloseable {
    private final CommittedRecordReader records;
    private BinaryDecoder decoder;

    public ForecastTickIndexReader(String bootstrapServers, String topic) {
        this(KafkaConnection.of(bootstrapServers), topic);
    }

    /** As above, with further properties of the client. */
    public ForecastTickIndexReader(KafkaConnection connection, String topic) {
        this.records = new CommittedRecordReader(connection, topic);
    }

    /**
     * Returns the tick indices of the next forecasts, in order within a series.
     *
     * @param timeout how long to wait for the first one
     * @throws IOException if a record is not a forecast
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
