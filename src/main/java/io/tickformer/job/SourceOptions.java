package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.source.StartOffset;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the input and its event time. */
@Public
public final class SourceOptions {
    public static final ConfigOption<List<String>> TOPICS =
            ConfigOptions.key("source.topics")
                    .stringType()
                    .asList()
                    .defaultValues("observations")
                    .withDescription("Input topics with observations.");

    public static final ConfigOption<PayloadFormat> FORMAT =
            ConfigOptions.key("source.format")
                    .enumType(PayloadFormat.class)
                    .defaultValue(PayloadFormat.AVRO)
                    .withDescription(
                            "Format of the records' values: Avro in the Confluent wire format, or"
                                    + " JSON objects.");

    public static final ConfigOption<String> KEY_FIELD =
            ConfigOptions.key("source.key-field")
                    .stringType()
                    .defaultValue("series")
                    .withDescription(
                            "Field with the series key, a path such as meter.id. Empty: the series"
                                    + " key is the record's Kafka key as UTF-8 text.");

    public static final ConfigOption<String> TIME_FIELD =
            ConfigOptions.key("source.time-field")
                    .stringType()
                    .defaultValue("event_time")
                    .withDescription(
                            "Field with the event time: a number, an Avro logical type or ISO-8601"
                                    + " text (in UTC if it has no offset). Empty: the event time is"
                                    + " the record's Kafka timestamp.");

    public static final ConfigOption<EpochUnit> TIME_UNIT =
            ConfigOptions.key("source.time-unit")
                    .enumType(EpochUnit.class)
                    .defaultValue(EpochUnit.MILLIS)
                    .withDescription(
                            "Unit of an event time that is a plain number, counted since 1970.");

    public static final ConfigOption<List<String>> VALUE_FIELDS =
            ConfigOptions.key("source.value-fields")
                    .stringType()
                    .asList()
                    .defaultValues("value")
                    .withDescription(
                            "Fields with values. With one field, the series is the key. With"
                                    + " several, each field is its own series, key/field. A model"
                                    + " that mixes channels forecasts the fields of a key together,"
                                    + " and expects exactly its channels, in any order. A value"
                                    + " that is null, or absent while the record has another value,"
                                    + " is a missing reading and not an error.");

    public static final ConfigOption<StartOffset> START =
            ConfigOptions.key("source.start")
                    .enumType(StartOffset.class)
                    .defaultValue(StartOffset.COMMITTED)
                    .withDescription(
                            "Where reading starts if the job starts without a savepoint. committed: it"
                                    + " goes back before the committed offset of the consumer group"
                                    + " as far as the contexts need, and does not forecast again"
                                    + " the ticks that have a forecast in sink.topic. A group without a committed offset"
                                    + " starts at the earliest offset. earliest and latest: at that"
                                    + " offset at each start, whatever was forecast before.");

    public static final ConfigOption<Boolean> BOUNDED =
            ConfigOptions.key("source.bounded")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Stop at the end offsets of the time when the job starts, for example"
                                    + " for a backfill.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS =
            ConfigOptions.key("source.out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How far observations of a partition may be out of order before they"
                                    + " are late. Forecasts wait for this time after the end of a"
                                    + " tick.");

    public static final ConfigOption<Boolean> FOLLOW_CLOCK =
            ConfigOptions.key("source.follow-clock")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Once a partition is read to its end, a tick is over when the clock"
                                    + " passes its end plus source.out-of-orderness. Without this"
                                    + " setting, or with source.bounded, only a later observation of"
                                    + " the partition ends a tick, and forecasts depend on the"
                                    + " stream alone.");

    public static final ConfigOption<Duration> IDLENESS =
            ConfigOptions.key("source.idleness")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A partition without observations for this long is idle, and the job"
                                    + " does not wait for it, unless the clock moves its watermark"
                                    + " (source.follow-clock). 0 for never.");

    public static final ConfigOption<Duration> MAX_DRIFT =
            ConfigOptions.key("source.max-drift")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far a partition may be ahead of the others in event time before it"
                                    + " is paused until they catch up, so that few ticks are open"
                                    + " at a time. By default 1000 ticks; 0 for no limit.");

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("source.discovery-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "Interval of partition discovery; 0 disables it. New partitions are"
                                    + " read from their beginning.");

    public static final ConfigOption<Duration> MAX_AHEAD =
            ConfigOptions.key("source.max-ahead")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far an event time may be ahead of the record's Kafka timestamp and"
                                    + " of the clock. A record beyond this limit is a dead letter."
                                    + " By default three ticks, and at least one minute.");

    private SourceOptions() {}
}
