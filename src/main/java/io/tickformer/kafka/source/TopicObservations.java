package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.AvroPayloadReader;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.decode.JsonPayloadReader;
import io.tickformer.kafka.decode.PayloadReader;
import io.tickformer.kafka.decode.RecordDecoder;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.topic.NewestRecords;
import io.tickformer.kafka.topic.TopicScan;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the committed records of topics from the earliest offset to the end at the start of
 * reading, and decodes them as the job does. It joins no consumer group and commits no offset.
 */
@Internal
public final class TopicObservations {
    private final KafkaConnection connection;
    private final List<String> topics;
    private final RecordDecoder decoder;

    /**
     * @param registry the schema registry for Avro records; null for JSON
     * @param clock to detect event times in the future
     */
    public TopicObservations(
            KafkaConnection connection,
            List<String> topics,
            InputLayout layout,
            @Nullable RegistrySettings registry,
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
     * Reads all records.
     *
     * @param out receives the observations, in order within a partition
     * @throws IOException if a request to the brokers or the registry fails
     */
    public TopicReadSummary read(Consumer<Observation> out) throws IOException {
        Tally tally = new Tally(out);
        new TopicScan(connection, topics)
                .read(
                        record -> {
                            tally.records++;
                            tally.missing += decoder.decode(record, tally);
                        });
        return new TopicReadSummary(
                tally.records, tally.observations, tally.missing, tally.rejected);
    }

    /**
     * Reads the newest records, as {@link NewestRecords} does.
     *
     * @param most about how many records
     * @param patience how long reading may take
     * @throws IOException if a request to the brokers or the registry fails
     */
    public NewestRecords.Extent sample(int most, Duration patience, Consumer<SampledRecord> out)
            throws IOException {
        return new NewestRecords(connection, topics)
                .read(
                        most,
                        patience,
                        record -> {
                            List<Decoded> decoded = new ArrayList<>();
                            int missing = decoder.decode(record, decoded::add);
                            out.accept(
                                    new SampledRecord(
                                            record.topic(),
                                            record.partition(),
                                            record.timestamp(),
                                            decoded,
                                            missing,
                                            decoder.fittingUnit()));
                        });
    }

    /**
     * Reads the newest records and those that come; the caller closes it.
     *
     * @param newest number of records of each partition to begin with
     */
    public ObservationFollower follow(long newest) {
        return new ObservationFollower(connection, topics, decoder, newest);
    }

    /** Counts the decoded records and passes the observations on. */
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
