package io.tickformer.cli.history;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.history.History;
import io.tickformer.history.HistoryBuilder;
import io.tickformer.history.HistoryException;
import io.tickformer.job.InputTopicsReader;
import io.tickformer.job.JobSettings;
import io.tickformer.job.SourceOptions;
import io.tickformer.job.TickOptions;
import io.tickformer.kafka.source.TopicReadSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/** Reads a Kafka topic as a history, in bounded memory. */
final class TopicSource {
    private final JobSettings settings;

    TopicSource(JobSettings settings) {
        this.settings = settings;
    }

    /** Null if the settings do not give it. */
    TickAggregate aggregate() {
        return settings.find(TickOptions.AGGREGATE).orElse(null);
    }

    /** Null if the settings do not give it. */
    EmptyTickPolicy empty() {
        return settings.find(TickOptions.EMPTY).orElse(null);
    }

    /** Null if the settings do not give it. */
    Duration tick() {
        return settings.find(TickOptions.LENGTH).orElse(null);
    }

    /**
     * Reads the topic to its end and prints how many records were left out.
     *
     * @throws HistoryException if it holds no observation
     */
    History read(PrintWriter err) throws IOException {
        String topic = String.join(", ", settings.get(SourceOptions.TOPICS));
        try (HistoryBuilder builder = new HistoryBuilder()) {
            TopicReadSummary reading =
                    InputTopicsReader.read(
                            settings,
                            Clock.systemUTC(),
                            one -> builder.add(one.series(), one.eventTimeMillis(), one.value()));
            if (reading.bad() > 0) {
                err.printf(
                        "topic %s: left out %d of %d records, which the job would send to its dead"
                                + " letters: %s%n",
                        topic, reading.bad(), reading.records(), reading.reasons());
                err.flush();
            }
            if (reading.observations() == 0) {
                throw new HistoryException(
                        "topic %s: no observation in %d records%s; expected at least one"
                                .formatted(
                                        topic,
                                        reading.records(),
                                        reading.bad() == 0 ? "" : " (" + reading.reasons() + ")"));
            }
            return builder.build("topic %s, %d records".formatted(topic, reading.records()));
        }
    }
}
