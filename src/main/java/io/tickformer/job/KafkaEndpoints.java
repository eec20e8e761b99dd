package io.tickformer.job;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.deadletter.DeadLetterReplay;
import io.tickformer.kafka.deadletter.DeadLetterTopic;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.decode.ObservationDeserializer;
import io.tickformer.kafka.encode.FeedbackRecordFormat;
import io.tickformer.kafka.encode.FeedbackRecordSerializer;
import io.tickformer.kafka.encode.ForecastRecordSerializer;
import io.tickformer.kafka.encode.ObservationRecordSerializer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.sink.RecordSinks;
import io.tickformer.kafka.source.ObservationSource;
import io.tickformer.kafka.source.ObservationWatermarks;
import io.tickformer.kafka.source.TopicObservations;
import io.tickformer.kafka.source.WatermarkSettings;
import io.tickformer.kafka.topic.RewindPlan;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The Kafka source and sinks of a job. */
final class KafkaEndpoints {
    /** Tick length if none is known; three of these are an hour. */
    private static final Duration UNKNOWN_TICK = Duration.ofMinutes(20);

    private static final Duration AHEAD_AT_LEAST = Duration.ofMinutes(1);
    private static final int TICKS_AHEAD = 3;
    private static final int TICKS_OF_DRIFT = 1000;

    private final JobSettings settings;
    private final Clock clock;
    private final Duration tickLength;
    private final KafkaConnection connection;
    private final RecordSinks sinks;

    /** Endpoints for settings that may not contain the length of a tick. */
    KafkaEndpoints(JobSettings settings, Clock clock) {
        this(
                settings,
                clock,
                settings.find(TickOptions.LENGTH)
                        .or(() -> settings.find(ModelOptions.TICK))
                        .orElse(UNKNOWN_TICK));
    }

    /** Endpoints for ticks of the given length. */
    KafkaEndpoints(JobSettings settings, Clock clock, Duration tickLength) {
        this.settings = settings;
        this.clock = clock;
        this.tickLength = tickLength;
        this.connection = JobConnections.kafka(settings);
        this.sinks =
                new RecordSinks(
                        connection,
                        settings.get(SinkOptions.DELIVERY),
                        JobIdentity.transactionalIdPrefix(settings),
                        JobConnections.transactionTimeout(settings));
    }

    Source<Decoded, ?, ?> source() {
        return observationSource().create(deserializer());
    }

    /** The source that starts where a plan says. */
    Source<Decoded, ?, ?> source(RewindPlan back) {
        return observationSource().createRewound(back, deserializer());
    }

    private ObservationSource observationSource() {
        return new ObservationSource(
                connection,
                settings.get(SourceOptions.TOPICS),
                settings.get(KafkaOptions.GROUP_ID),
                settings.get(SourceOptions.START),
                settings.get(SourceOptions.BOUNDED),
                settings.get(SourceOptions.DISCOVERY_INTERVAL));
    }

    private ObservationDeserializer deserializer() {
        return isAvro()
                ? ObservationDeserializer.avro(layout(), registry(), clock)
                : ObservationDeserializer.json(layout(), clock);
    }

    /** Prefix of the ids of the transactions that write forecasts. */
    String forecastTransactions() {
        return sinks.transactionalIds(JobOutput.FORECASTS.transactions());
    }

    /** Reads the observations that the input topics hold. */
    TopicObservations observations() {
        return new TopicObservations(
                connection,
                settings.get(SourceOptions.TOPICS),
                layout(),
                isAvro() ? registry() : null,
                clock);
    }

    /** The dead-letter topic. */
    DeadLetterTopic deadLetterTopic() {
        return new DeadLetterTopic(connection, settings.get(SinkOptions.DEAD_LETTER_TOPIC));
    }

    /** Replays dead letters; the caller closes it. */
    DeadLetterReplay deadLetterReplay() throws IOException {
        String topic = settings.get(SinkOptions.DEAD_LETTER_TOPIC);
        return new DeadLetterReplay(
                connection,
                topic,
                "%s-replay-%s".formatted(JobIdentity.transactionalIdPrefix(settings), topic));
    }

    private boolean isAvro() {
        return settings.get(SourceOptions.FORMAT) == PayloadFormat.AVRO;
    }

    private InputLayout layout() {
        return new InputLayout(
                settings.get(SourceOptions.KEY_FIELD),
                settings.get(SourceOptions.TIME_FIELD),
                settings.get(SourceOptions.TIME_UNIT),
                settings.get(SourceOptions.VALUE_FIELDS),
                maxAhead());
    }

    private Duration maxAhead() {
        Duration ticks = tickLength.multipliedBy(TICKS_AHEAD);
        return settings.find(SourceOptions.MAX_AHEAD)
                .orElse(ticks.compareTo(AHEAD_AT_LEAST) > 0 ? ticks : AHEAD_AT_LEAST);
    }

    /** Generates watermarks as the settings say. */
    ObservationWatermarks watermarks() {
        return new ObservationWatermarks(
                new WatermarkSettings(
                        settings.get(SourceOptions.OUT_OF_ORDERNESS),
                        settings.get(SourceOptions.IDLENESS),
                        settings.get(SourceOptions.FOLLOW_CLOCK)
                                && !settings.get(SourceOptions.BOUNDED),
                        settings.find(SourceOptions.MAX_DRIFT)
                                .orElse(tickLength.multipliedBy(TICKS_OF_DRIFT)),
                        tickLength),
                clock);
    }

    /** The sink of an output; discards everything if the settings name no topic. */
    <T> Sink<T> sink(JobOutput<T> output) {
        return output.topicIn(settings)
                .map(
                        topic ->
                                sinks.sink(
                                        output.transactions(), output.records().apply(this, topic)))
                .orElseGet(DiscardingSink::new);
    }

    ForecastRecordSerializer forecastRecords(String topic) {
        return new ForecastRecordSerializer(
                topic, format(), settings.get(SinkOptions.RECORD_TIMESTAMP), clock);
    }

    DeadLetterRecordSerializer deadLetterRecords(String topic) {
        return new DeadLetterRecordSerializer(topic, connection, clock);
    }

    ObservationRecordSerializer observationRecords(String topic) {
        return new ObservationRecordSerializer(
                topic, format(), settings.get(SinkOptions.RECORD_TIMESTAMP), clock);
    }

    <T> FeedbackRecordSerializer<T> feedbackRecords(FeedbackRecordFormat<T> kind, String topic) {
        return new FeedbackRecordSerializer<>(
                kind, topic, format(), settings.get(SinkOptions.RECORD_TIMESTAMP), clock);
    }

    private OutputFormat format() {
        return settings.get(SinkOptions.FORMAT) == PayloadFormat.AVRO
                ? OutputFormat.avro(registry())
                : OutputFormat.json();
    }

    private RegistrySettings registry() {
        return JobConnections.registry(settings);
    }
}
