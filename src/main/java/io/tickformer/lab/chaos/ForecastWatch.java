package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code read_committed} consumer that records the forecasts it saw. Not thread-safe. */
final class ForecastWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final ForecastTopicReader reader;
    private final Map<SeriesTick, Integer> seen = new HashMap<>();
    private Instant latestIssue = Instant.EPOCH;

    ForecastWatch(String bootstrapServers, String topic, OutputFormat format) {
        this.reader = new ForecastTopicReader(bootstrapServers, topic, format);
    }

    /** Reads available forecasts. */
    void poll() throws IOException {
        for (ForecastTopicReader.Issued issued : reader.poll(POLL)) {
            seen.merge(SeriesTick.of(issued.forecast()), 1, Integer::sum);
            if (issued.issuedAt().isAfter(latestIssue)) {
                latestIssue = issued.issuedAt();
            }
        }
    }

    /** The latest time of issue among the forecasts seen. */
    Instant latestIssue() {
        return latestIssue;
    }

    /** How often each forecast was seen. */
    Map<SeriesTick, Integer> seen() {
        return seen;
    }

    /** All forecasts that a new consumer finds in a topic. */
    static List<Forecast> readAll(String bootstrapServers, String topic, OutputFormat format)
            throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        try (ForecastTopicReader reader =
                new ForecastTopicReader(bootstrapServers, topic, format)) {
            do {
                reader.poll(POLL).forEach(issued -> forecasts.add(issued.forecast()));
            } while (!reader.isAtEnd());
        }
        return forecasts;
    }

    @Override
    public void close() {
        reader.close();
    }
}
