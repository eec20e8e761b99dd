package io.tickformer.lab.chaos;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.issued.ForecastReader;
import io.tickformer.kafka.registry.OutputFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code read_committed} consumer that reads along and keeps what it saw. For one thread. */
final class ForecastWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final ForecastReader reader;
    private final Map<TickKey, Integer> seen = new HashMap<>();
    private Instant latestIssue = Instant.EPOCH;

    ForecastWatch(String bootstrapServers, String topic, OutputFormat format) {
        this.reader = new ForecastReader(bootstrapServers, topic, format);
    }

    /** Takes what has come. */
    void poll() throws IOException {
        for (ForecastReader.Issued issued : reader.poll(POLL)) {
            seen.merge(TickKey.of(issued.forecast()), 1, Integer::sum);
            if (issued.issuedAt().isAfter(latestIssue)) {
                latestIssue = issued.issuedAt();
            }
        }
    }

    /** When the latest of those seen was issued. */
    Instant latestIssue() {
        return latestIssue;
    }

    /** How often each forecast was seen. */
    Map<TickKey, Integer> seen() {
        return seen;
    }

    /** What a consumer that begins now finds in a topic. */
    static List<Forecast> readAll(String bootstrapServers, String topic, OutputFormat format)
            throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        try (ForecastReader reader = new ForecastReader(bootstrapServers, topic, format)) {
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
