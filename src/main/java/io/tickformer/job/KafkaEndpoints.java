package io.tickformer.job;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.Topics;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterRecords;
import io.tickformer.kafka.deadletter.DeadLetterReplay;
import io.tickformer.kafka.deadletter.DeadLetterTopic;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.decode.ObservationDeserializer;
import io.tickformer.kafka.encode.EncodedSize;
import io.tickformer.kafka.encode.ForecastRecords;
import io.tickformer.kafka.encode.ObservationRecords;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.sink.Delivery;
import io.tickformer.kafka.sink.RecordSinks;
import io.tickformer.kafka.source.ObservationSource;
import io.tickformer.kafka.source.ObservationWatermarks;
import io.tickformer.kafka.source.TopicObservations;
import io.tickformer.kafka.source.WatermarkSettings;
import io.tickformer.kafka.topic.RewindPlan;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.ConfigOption;

/** The Kafka ends of the job, as the settings have them. */
final class KafkaEndpoints {
    private static final Duration PREFLIGHT_PATIENCE = Duration.ofSeconds(10);
    private static final String FORECASTS = "forecasts";

    /** Where no tick is known: three of them are an hour. */
    private static final Duration UNKNOWN_TICK = Duration.ofMinutes(20);

    private static final Duration AHEAD_AT_LEAST = Duration.ofMinutes(1);
    private static final int TICKS_AHEAD = 3;
    private static final int TICKS_OF_DRIFT = 1000;

    private final JobSettings settings;
    private final Clock clock;
    private final Duration tickLength;
    private final KafkaConnection connection;
    private final RecordSinks sinks;

    /** As the settings have them; they need not say how long a tick is. */
    KafkaEndpoints(JobSettings settings, Clock clock) {
        this(
                settings,
                clock,
                settings.find(TickOptions.LENGTH)
                        .or(() -> settings.find(ModelOptions.TICK))
                        .orElse(UNKNOWN_TICK));
    }

    /** As the settings have them, for ticks of that length. */
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
                        transactionTimeout());
    }

    Source<Decoded, ?, ?> source() {
        return observationSource().create(deserializer());
    }

    /** The source that begins where a plan says. */
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

    /** What the ids of the transactions begin with that forecasts are written in. */
    String forecastTransactions() {
        return sinks.transactionalIds(FORECASTS);
    }

    /** What the input topics hold already. */
    TopicObservations observations() {
        return new TopicObservations(
                connection,
                settings.get(SourceOptions.TOPICS),
                layout(),
                isAvro() ? registry() : null,
                clock);
    }

    /** What the topic of dead letters holds. */
    DeadLetterTopic deadLetterTopic() {
        return new DeadLetterTopic(connection, settings.get(SinkOptions.DEAD_LETTER_TOPIC));
    }

    /** Puts dead letters back; the caller closes it. */
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

    /** Watermarks as the settings have them. */
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

    Sink<Forecast> forecasts() {
        return sinks.sink(
                FORECASTS,
                new ForecastRecords(
                        settings.get(SinkOptions.TOPIC),
                        format(),
                        settings.get(SinkOptions.RECORD_TIMESTAMP),
                        clock));
    }

    Optional<Sink<DeadLetter>> deadLetters() {
        return topic(settings.get(SinkOptions.DEAD_LETTER_TOPIC))
                .map(
                        topic ->
                                sinks.sink(
                                        "dead-letters",
                                        new DeadLetterRecords(topic, connection, clock)));
    }

    Optional<Sink<Observation>> late() {
        return observations("late", SinkOptions.LATE_TOPIC);
    }

    Optional<Sink<Observation>> refused() {
        return observations("refused", SinkOptions.REFUSED_TOPIC);
    }

    private Optional<Sink<Observation>> observations(String name, ConfigOption<String> option) {
        return topic(settings.get(option))
                .map(
                        topic ->
                                sinks.sink(
                                        name,
                                        new ObservationRecords(
                                                topic,
                                                format(),
                                                settings.get(SinkOptions.RECORD_TIMESTAMP),
                                                clock)));
    }

    private OutputFormat format() {
        return settings.get(SinkOptions.FORMAT) == PayloadFormat.AVRO
                ? OutputFormat.avro(registry())
                : OutputFormat.json();
    }

    private RegistrySettings registry() {
        return JobConnections.registry(settings);
    }

    private static Optional<String> topic(String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(name);
    }

    /**
     * Asks the brokers whether they are there and have the input topics, creates output topics that
     * are missing, and asks the schema registry whether it is there, if one is needed.
     *
     * @return the partitions of all input topics
     * @throws OptionException if not; the message says what is missing
     */
    int preflight() {
        List<String> outputs = new ArrayList<>();
        outputs.add(settings.get(SinkOptions.TOPIC));
        topic(settings.get(SinkOptions.DEAD_LETTER_TOPIC)).ifPresent(outputs::add);
        topic(settings.get(SinkOptions.LATE_TOPIC)).ifPresent(outputs::add);
        topic(settings.get(SinkOptions.REFUSED_TOPIC)).ifPresent(outputs::add);
        try (Topics topics = new Topics(connection, PREFLIGHT_PATIENCE)) {
            outputs.removeAll(inputsAmong(topics));
            if (isAvro() || settings.get(SinkOptions.FORMAT) == PayloadFormat.AVRO) {
                requireRegistry();
            }
            String deadLetters = settings.get(SinkOptions.DEAD_LETTER_TOPIC);
            if (outputs.remove(deadLetters)) {
                topics.createForDeadLetters(deadLetters, settings.get(SourceOptions.TOPICS));
            }
            topics.createWithDefaults(outputs);
            return topics.partitions(settings.get(SourceOptions.TOPICS));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** As the clients have it, which may be told by a property of their own. */
    private Duration transactionTimeout() {
        String millis = settings.kafkaProperties().get("transaction.timeout.ms");
        return millis != null && millis.matches("\\d{1,18}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : settings.get(SinkOptions.TRANSACTION_TIMEOUT);
    }

    /**
     * Asks the brokers whether transactions may last from one checkpoint to the next, where
     * forecasts are delivered exactly once.
     *
     * @throws OptionException if not; the message names the settings
     */
    void requireTransactions(Checkpoints checkpoints) {
        if (settings.get(SinkOptions.DELIVERY) != Delivery.EXACTLY_ONCE) {
            return;
        }
        try (Topics topics = new Topics(connection, PREFLIGHT_PATIENCE)) {
            checkpoints.requireTransactions(transactionTimeout(), topics.longestTransaction());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Asks the brokers whether every forecast fits into a record of its topic: a job whose first
     * forecast is refused would restart for ever.
     *
     * @throws OptionException if not; the message says what to raise or to emit less of
     */
    void requireRoomForForecasts(int steps, int levels) {
        String topic = settings.get(SinkOptions.TOPIC);
        int needed = EncodedSize.largest(steps, levels, settings.get(SinkOptions.FORMAT));
        try {
            int limit = EncodedSize.limit(connection, topic);
            if (needed > limit) {
                throw new OptionException(
                        ("%s is %s, for records of at most %d bytes; a forecast of %d steps and %d"
                                        + " quantile levels takes up to %d: raise the topic's"
                                        + " max.message.bytes and kafka.properties.max.request.size,"
                                        + " or lower forecast.horizon or forecast.quantile-levels")
                                .formatted(
                                        SinkOptions.TOPIC.key(),
                                        topic,
                                        limit,
                                        steps,
                                        levels,
                                        needed));
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Asks the brokers whether they are there and have the input topics, and the schema registry
     * whether it is there, if one is needed to read.
     *
     * @throws OptionException if not; the message says what is missing
     */
    void requireInputTopics() {
        try (Topics topics = new Topics(connection, PREFLIGHT_PATIENCE)) {
            inputsAmong(topics);
            if (isAvro()) {
                requireRegistry();
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private void requireRegistry() {
        try {
            new SchemaRegistryClient(registry()).check();
        } catch (RegistryException e) {
            throw new OptionException(
                    "%s is %s; %s"
                            .formatted(
                                    RegistryOptions.URL.key(),
                                    settings.shown(RegistryOptions.URL),
                                    e.getMessage()),
                    e);
        }
    }

    /** The names of all topics, once it is sure that the input topics are among them. */
    @CanIgnoreReturnValue
    private Set<String> inputsAmong(Topics topics) throws IOException {
        Set<String> there = topics.names();
        for (String topic : settings.get(SourceOptions.TOPICS)) {
            if (!there.contains(topic)) {
                throw missing(topic, there);
            }
        }
        return there;
    }

    private OptionException unreachable(IOException e) {
        return new OptionException(
                "%s is %s; %s"
                        .formatted(
                                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                                connection.bootstrapServers(),
                                e.getMessage()),
                e);
    }

    private OptionException missing(String topic, Set<String> there) {
        String near =
                NearestName.to(topic, there).map(name -> "; did you mean " + name + "?").orElse("");
        return new OptionException(
                "%s has %s, but the brokers at %s have no such topic%s"
                        .formatted(
                                SourceOptions.TOPICS.key(),
                                topic,
                                connection.bootstrapServers(),
                                near));
    }
}
