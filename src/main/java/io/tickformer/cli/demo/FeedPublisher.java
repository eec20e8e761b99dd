package io.tickformer.cli.demo;

import io.tickformer.event.Observation;
import io.tickformer.kafka.encode.ObservationProducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes deliveries to the input topic, including faulty ones. */
final class FeedPublisher {
    /** Neither a schema registry frame nor JSON. */
    private static final byte[] GARBAGE = "meter says: oops".getBytes(StandardCharsets.UTF_8);

    /**
     * Ahead of any clock: replayed history may be old enough that a few days ahead is still past.
     */
    private static final long CENTURY_MILLIS = Duration.ofDays(36_525).toMillis();

    private final ObservationProducer producer;

    FeedPublisher(ObservationProducer producer) {
        this.producer = producer;
    }

    void publish(SimulatedRecord delivery) throws IOException {
        switch (delivery.fault()) {
            case NONE, NOT_A_NUMBER ->
                    producer.send(
                            new Observation(
                                    delivery.series(),
                                    delivery.eventTimeMillis(),
                                    delivery.value()));
            case UNDECODABLE ->
                    producer.sendRaw(delivery.series().getBytes(StandardCharsets.UTF_8), GARBAGE);
            case NO_KEY ->
                    producer.send(
                            new Observation("", delivery.eventTimeMillis(), delivery.value()));
            case FROM_THE_FUTURE ->
                    producer.send(
                            new Observation(
                                    delivery.series(),
                                    delivery.eventTimeMillis() + CENTURY_MILLIS,
                                    delivery.value()));
        }
    }

    /** Waits until the broker has every record. */
    void flush() throws IOException {
        producer.flush();
    }
}
