package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.RecordDecoder;
import io.tickformer.kafka.topic.CommittedRecordReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the newest observations of topics and those that come, decoded as the job does. It joins no
 * consumer group. Records that the job would send to its dead letters are left out. Not
 * thread-safe.
 */
@Internal
public final class ObservationFollower implements AutoCloseable {
    private final List<CommittedRecordReader> topics = new ArrayList<>();
    private final RecordDecoder decoder;

    /**
     * @param newest number of records of each partition to begin with
     */
    ObservationFollower(
            KafkaConnection connection, List<String> topics, RecordDecoder decoder, long newest) {
        this.decoder = decoder;
        boolean opened = false;
        try {
            for (String topic : topics) {
                CommittedRecordReader reader = new CommittedRecordReader(connection, topic);
                this.topics.add(reader);
                reader.skipToNewest(newest);
            }
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /**
     * Passes on the next observations, in order within a partition.
     *
     * @param timeout how long to wait for the first record of each topic
     * @throws IOException if a request to the registry fails
     */
    public void poll(Duration timeout, Consumer<Observation> out) throws IOException {
        for (CommittedRecordReader topic : topics) {
            for (ConsumerRecord<byte[], byte[]> record : topic.poll(timeout)) {
                decoder.decode(
                        record,
                        decoded -> {
                            if (decoded instanceof Decoded.Observed observed) {
                                out.accept(observed.observation());
                            }
                        });
            }
        }
    }

    @Override
    public void close() {
        topics.forEach(CommittedRecordReader::close);
    }
}
