package io.tickformer.kafka.issued;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import io.tickformer.kafka.topic.CommittedRecordReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads and decodes the committed records of a topic from its beginning. It uses a plain Kafka
 * consumer without a consumer group. Not thread-safe.
 *
 * @param <T> type of the decoded records
 */
final class DecodedRecordReader<T> implements AutoCloseable {
    /** Decodes a record. */
    @FunctionalInterface
    interface Decoder<T> {
        /**
         * Decodes a record.
         *
         * @throws UndecodableException if it is of another kind, or an {@link AvroRuntimeException}
         *     or {@link IllegalArgumentException}
         */
        T decode(ConsumerRecord<byte[], byte[]> record)
                throws UndecodableException, UnknownSchemaException, IOException;
    }

    private final Decoder<T> decoder;
    private final CommittedRecordReader records;

    DecodedRecordReader(KafkaConnection connection, String topic, Decoder<T> decoder) {
        this.decoder = decoder;
        this.records = new CommittedRecordReader(connection, topic);
    }

    /**
     * Returns the next records, in order within a series.
     *
     * @param timeout how long to wait for the first one
     * @throws IOException if a record is of another kind or a request to the registry fails
     */
    List<T> poll(Duration timeout) throws IOException {
        List<T> polled = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records.poll(timeout)) {
            try {
                polled.add(decoder.decode(record));
            } catch (UndecodableException
                    | UnknownSchemaException
                    | AvroRuntimeException
                    | IllegalArgumentException e) {
                throw new IOException(
                        "%s-%d offset %d cannot be read: %s"
                                .formatted(
                                        record.topic(),
                                        record.partition(),
                                        record.offset(),
                                        e.getMessage()),
                        e);
            }
        }
        return polled;
    }

    /** Reads on from the given number of records before the end of each partition. */
    void skipToNewest(long newest) {
        records.skipToNewest(newest);
    }

    /** Returns whether all committed records have been read. */
    boolean isAtEnd() {
        return records.isAtEnd();
    }

    @Override
    public void close() {
        records.close();
    }
}
