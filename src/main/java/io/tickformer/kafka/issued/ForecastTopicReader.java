package io.tickformer.kafka.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.event.Forecast;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.encode.ForecastAvro;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ForecastRecordSerializer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads the committed forecasts of a topic from its beginning. It uses a plain Kafka consumer
 * without a consumer group. The demo and tests use it, the job does not. Not thread-safe.
 */
@Internal
public final class ForecastTopicReader implements AutoCloseable {
    /**
     * A forecast in the topic.
     *
     * @param forecast the forecast
     * @param issuedAt time of issue
     */
    public record Issued(Forecast forecast, Instant issuedAt) {}

    @Nullable private final RegisteredAvroDecoder avro; // null with JSON
    private final DecodedRecordReader<Issued> records;

    public ForecastTopicReader(String bootstrapServers, String topic, OutputFormat format) {
        this(KafkaConnection.of(bootstrapServers), topic, format);
    }

    /** As above, with further properties of the client. */
    public ForecastTopicReader(KafkaConnection connection, String topic, OutputFormat format) {
        this.avro =
                format.payload() == PayloadFormat.AVRO
                        ? new RegisteredAvroDecoder(format.registry(), Schemas.forecast())
                        : null;
        this.records =
                new DecodedRecordReader<>(
                        connection,
                        topic,
                        record -> new Issued(decode(record.value()), issuedAt(record)));
    }

    /**
     * Returns the next forecasts, in order within a series.
     *
     * @param timeout how long to wait for the first one
     * @throws IOException if a record is not a forecast or a request to the registry fails
     */
    public List<Issued> poll(Duration timeout) throws IOException {
        return records.poll(timeout);
    }

    /** Reads on from the given number of records before the end of each partition. */
    public void skipToNewest(long newest) {
        records.skipToNewest(newest);
    }

    /** Returns whether all committed forecasts have been read. */
    public boolean isAtEnd() {
        return records.isAtEnd();
    }

    private Forecast decode(byte[] value)
            throws UndecodableException, UnknownSchemaException, IOException {
        return avro == null
                ? ForecastJson.decode(value)
                : ForecastAvro.fromRecord(avro.decode(value));
    }

    private static Instant issuedAt(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(ForecastRecordSerializer.ISSUED_AT);
        return header == null
                ? Instant.ofEpochMilli(record.timestamp())
                : Instant.parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        records.close();
    }
}
