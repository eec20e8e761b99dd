package io.tickformer.job;

import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.describe.RecordContent;
import io.tickformer.kafka.encode.FeedbackRecordFormat;
import io.tickformer.kafka.sink.TopicRecordSerializer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * An output topic of the job. The job checks, creates and writes the topics in {@link #ALL}, so a
 * further topic is one more entry there.
 *
 * @param topic names the topic; may be empty if the output is optional
 * @param isRequired whether the topic must be named
 * @param name beginning of the sink's name and uid
 * @param transactions tells the ids of its transactions from those of the other outputs
 * @param stream selects what is written
 * @param records makes records for a topic
 * @param content what the records hold
 */
record JobOutput<T>(
        ConfigOption<String> topic,
        boolean isRequired,
        String name,
        String transactions,
        Function<JobDataflow.Outputs, DataStream<T>> stream,
        BiFunction<KafkaEndpoints, String, TopicRecordSerializer<T>> records,
        RecordContent content) {

    static final JobOutput<Forecast> FORECASTS =
            new JobOutput<>(
                    SinkOptions.TOPIC,
                    true,
                    "forecast",
                    "forecasts",
                    JobDataflow.Outputs::forecasts,
                    KafkaEndpoints::forecastRecords,
                    RecordContent.FORECAST);

    static final JobOutput<DeadLetter> DEAD_LETTERS =
            new JobOutput<>(
                    SinkOptions.DEAD_LETTER_TOPIC,
                    false,
                    "dead-letter",
                    "dead-letters",
                    JobDataflow.Outputs::deadLetters,
                    KafkaEndpoints::deadLetterRecords,
                    RecordContent.DEAD_LETTER);

    static final JobOutput<Observation> LATE =
            new JobOutput<>(
                    SinkOptions.LATE_TOPIC,
                    false,
                    "late",
                    "late",
                    JobDataflow.Outputs::late,
                    KafkaEndpoints::observationRecords,
                    RecordContent.OBSERVATION);

    static final JobOutput<Observation> REFUSED =
            new JobOutput<>(
                    SinkOptions.REFUSED_TOPIC,
                    false,
                    "refused",
                    "refused",
                    JobDataflow.Outputs::refused,
                    KafkaEndpoints::observationRecords,
                    RecordContent.OBSERVATION);

    static final JobOutput<ForecastScore> SCORES =
            new JobOutput<>(
                    SinkOptions.SCORES_TOPIC,
                    false,
                    "score",
                    "scores",
                    JobDataflow.Outputs::scores,
                    (kafka, topic) -> kafka.feedbackRecords(FeedbackRecordFormat.SCORE, topic),
                    RecordContent.SCORE);

    static final JobOutput<Anomaly> ANOMALIES =
            new JobOutput<>(
                    SinkOptions.ANOMALIES_TOPIC,
                    false,
                    "anomaly",
                    "anomalies",
                    JobDataflow.Outputs::anomalies,
                    (kafka, topic) -> kafka.feedbackRecords(FeedbackRecordFormat.ANOMALY, topic),
                    RecordContent.ANOMALY);

    static final JobOutput<ForecastEvent> EVENTS =
            new JobOutput<>(
                    SinkOptions.EVENTS_TOPIC,
                    false,
                    "event",
                    "events",
                    JobDataflow.Outputs::events,
                    (kafka, topic) -> kafka.feedbackRecords(FeedbackRecordFormat.EVENT, topic),
                    RecordContent.EVENT);

    /** Every output topic of the job. */
    static final List<JobOutput<?>> ALL =
            List.of(FORECASTS, DEAD_LETTERS, LATE, REFUSED, SCORES, ANOMALIES, EVENTS);

    /** The topic that the settings name, if any. */
    Optional<String> topicIn(JobSettings settings) {
        return Optional.of(settings.get(topic)).filter(named -> !named.isBlank());
    }

    /** Writes the stream to its topic, or discards it if no topic is named. */
    void write(JobDataflow.Outputs outputs, KafkaEndpoints kafka) {
        stream.apply(outputs).sinkTo(kafka.sink(this)).name(name + " sink").uid(name + "-sink");
    }
}
