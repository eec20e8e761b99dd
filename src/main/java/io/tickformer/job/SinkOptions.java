package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.sink.DeliveryMode;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the output topics. */
@Public
public final class SinkOptions {
    public static final ConfigOption<String> TOPIC =
            ConfigOptions.key("sink.topic")
                    .stringType()
                    .defaultValue("forecasts")
                    .withDescription("Topic for forecasts, keyed by series.");

    public static final ConfigOption<PayloadFormat> FORMAT =
            ConfigOptions.key("sink.format")
                    .enumType(PayloadFormat.class)
                    .defaultValue(PayloadFormat.AVRO)
                    .withDescription(
                            "Form of all output topics but that of dead letters: Avro in the"
                                    + " Confluent wire format, its schema registered as TOPIC-value,"
                                    + " or JSON.");

    public static final ConfigOption<String> DEAD_LETTER_TOPIC =
            ConfigOptions.key("sink.dead-letter-topic")
                    .stringType()
                    .defaultValue("dead-letters")
                    .withDescription(
                            "Topic for malformed and impossible records, unchanged, with the reason"
                                    + " and their origin in additional headers; empty to count them"
                                    + " only.");

    public static final ConfigOption<String> LATE_TOPIC =
            ConfigOptions.key("sink.late-topic")
                    .stringType()
                    .defaultValue("late-observations")
                    .withDescription(
                            "Topic for observations that are older than every stored tick of their"
                                    + " series, so that no forecast can use them; empty to count"
                                    + " them only.");

    public static final ConfigOption<String> REFUSED_TOPIC =
            ConfigOptions.key("sink.refused-topic")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Topic for observations of series beyond forecast.max-series; empty to"
                                    + " count them only.");

    public static final ConfigOption<String> SCORES_TOPIC =
            ConfigOptions.key("sink.scores-topic")
                    .stringType()
                    .defaultValue("scores")
                    .withDescription(
                            "Topic for scores: how good the recent forecasts of each series and of"
                                    + " the whole job were, by horizon step, beside naive and"
                                    + " seasonal naive. Records of the whole job have an empty"
                                    + " series. Empty to write none.");

    public static final ConfigOption<String> ANOMALIES_TOPIC =
            ConfigOptions.key("sink.anomalies-topic")
                    .stringType()
                    .defaultValue("anomalies")
                    .withDescription(
                            "Topic for ticks at which an unusual event begins, keyed by series;"
                                    + " empty to count them only.");

    public static final ConfigOption<String> EVENTS_TOPIC =
            ConfigOptions.key("sink.events-topic")
                    .stringType()
                    .defaultValue("forecast-events")
                    .withDescription(
                            "Topic for what happened to the forecasts: many series that are"
                                    + " forecast worse than usual (drift), a series whose forecasts"
                                    + " fall back to a simple forecaster, a model whose calls fail."
                                    + " Events of the whole job have an empty series. Empty to"
                                    + " write none.");

    public static final ConfigOption<DeliveryMode> DELIVERY =
            ConfigOptions.key("sink.delivery")
                    .enumType(DeliveryMode.class)
                    .defaultValue(DeliveryMode.EXACTLY_ONCE)
                    .withDescription(
                            "Exactly once: a read_committed consumer sees a forecast when its"
                                    + " checkpoint completes. At least once: it sees it immediately;"
                                    + " a failure may repeat forecasts, with equal values.");

    public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
            ConfigOptions.key("sink.transactional-id-prefix")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Prefix of the ids of Kafka transactions, unique to the job: two jobs with"
                                    + " the same prefix abort each other's transactions. By default"
                                    + " made of the consumer group, the input topics and sink.topic.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            ConfigOptions.key("sink.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "Time after which the broker aborts a transaction: longer than a"
                                    + " checkpoint interval and any restart, at most the broker's"
                                    + " transaction.max.timeout.ms. The forecasts of an aborted"
                                    + " transaction are lost, and the job fails.");

    public static final ConfigOption<RecordTimestamp> RECORD_TIMESTAMP =
            ConfigOptions.key("sink.record-timestamp")
                    .enumType(RecordTimestamp.class)
                    .defaultValue(RecordTimestamp.ISSUE_TIME)
                    .withDescription(
                            "Kafka timestamp of forecasts: the time of issue, or the event time. With"
                                    + " the event time, the topic's retention may delete the"
                                    + " forecasts of a replay of old data.");

    private SinkOptions() {}
}
