package io.tickformer.cli.demo;

import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.issued.FeedbackValueReader;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.topic.RecordCounter;
import io.tickformer.process.Servers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reads the output of the job from Kafka: the forecasts, the scores, anomalies and events, and the
 * number of dead letters and late observations. Not thread-safe.
 */
final class TopicPolls implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final LiveState state;
    private final ForecastTopicReader forecasts;
    private final RecordCounter deadLetters;
    private final RecordCounter late;
    private final FeedbackValueReader<ForecastScore> scores;
    private final FeedbackValueReader<Anomaly> anomalies;
    private final FeedbackValueReader<ForecastEvent> events;
    private Instant first;
    private Instant last;
    private long issued;

    TopicPolls(Servers servers, DemoTopics topics, LiveState state) {
        this(servers.kafka(), servers.registry(), topics, state);
    }

    TopicPolls(
            KafkaConnection brokers,
            RegistrySettings registry,
            DemoTopics topics,
            LiveState state) {
        this.state = state;
        forecasts =
                new ForecastTopicReader(brokers, topics.forecasts(), OutputFormat.avro(registry));
        deadLetters = new RecordCounter(brokers, topics.deadLetters());
        late = new RecordCounter(brokers, topics.late());
        scores = FeedbackValueReader.scores(brokers, topics.scores(), registry);
        anomalies = FeedbackValueReader.anomalies(brokers, topics.anomalies(), registry);
        events = FeedbackValueReader.events(brokers, topics.events(), registry);
    }

    /** Reads on from the given number of records before the end of each partition. */
    void skipToNewest(long records) {
        forecasts.skipToNewest(records);
        scores.skipToNewest(records);
        anomalies.skipToNewest(records);
        events.skipToNewest(records);
    }

    /** Reads available records, waiting for the first one. */
    void poll(Duration timeout) throws IOException {
        List<ForecastTopicReader.Issued> batch = forecasts.poll(timeout);
        for (ForecastTopicReader.Issued one : batch) {
            first = first == null || one.issuedAt().isBefore(first) ? one.issuedAt() : first;
            last = last == null || one.issuedAt().isAfter(last) ? one.issuedAt() : last;
            issued++;
            state.forecast(one.forecast());
        }
        state.counts(deadLetters.poll(Duration.ZERO), late.poll(Duration.ZERO));
        scores.poll(Duration.ZERO).forEach(state::score);
        anomalies.poll(Duration.ZERO).forEach(state::anomaly);
        events.poll(Duration.ZERO).forEach(state::event);
    }

    /** Reads until nothing is left. */
    void drain() throws IOException {
        while (!isAtEnd()) {
            poll(Duration.ofMillis(100));
        }
        state.counts(deadLetters.countAll(), late.countAll());
    }

    private boolean isAtEnd() {
        return forecasts.isAtEnd() && scores.isAtEnd() && anomalies.isAtEnd() && events.isAtEnd();
    }

    /** Number of forecasts read so far. */
    long issued() {
        return issued;
    }

    /** Forecasts per second between the first and the last one; NaN if both have the same time. */
    double forecastsPerSecond() {
        if (first == null || !last.isAfter(first)) {
            return Double.NaN;
        }
        return issued / (Duration.between(first, last).toNanos() / NANOS);
    }

    @Override
    public void close() {
        forecasts.close();
        deadLetters.close();
        late.close();
        scores.close();
        anomalies.close();
        events.close();
    }
}
