package io.tickformer.job;

import io.tickformer.kafka.EpochUnit;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.StartOffset;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What is read, and how event time follows from it. */
public final class SourceOptions {
    public static final ConfigOption<List<String>> TOPICS =
            ConfigOptions.key("source.topics")
                    .stringType()
                    .asList()
                    .defaultValues("observations")
                    .withDescription("Topics with observations.");

    public static final ConfigOption<PayloadFormat> FORMAT =
            ConfigOptions.key("source.format")
                    .enumType(PayloadFormat.class)
                    .defaultValue(PayloadFormat.AVRO)
                    .withDescription(
                            "Form of the records' values: Avro in the Confluent wire format, or"
                                    + " JSON objects.");

    public static final ConfigOption<String> KEY_FIELD =
            ConfigOptions.key("source.key-field")
                    .stringType()
                    .defaultValue("series")
                    .withDescription(
                            "Field with the series key, a path such as meter.id; empty for the"
                                    + " record's Kafka key as UTF-8 text.");

    public static final ConfigOption<String> TIME_FIELD =
            ConfigOptions.key("source.time-field")
                    .stringType()
                    .defaultValue("event_time")
                    .withDescription(
                            "Field with the event time: a number, an Avro logical type or ISO-8601"
                                    + " text (UTC where it names no offset); empty for the record's"
                                    + " Kafka timestamp.");

    public static final ConfigOption<EpochUnit> TIME_UNIT =
            ConfigOptions.key("source.time-unit")
                    .enumType(EpochUnit.class)
                    .defaultValue(EpochUnit.MILLIS)
                    .withDescription("Unit, since 1970, of an event time that is a plain number.");

    public static final ConfigOption<List<String>> VALUE_FIELDS =
            ConfigOptions.key("source.value-fields")
                    .stringType()
                    .asList()
                    .defaultValues("value")
                    .withDescription(
                            "Fields with values. One: the series is the key. Several: each is a"
                                    + " series of its own, key/field; a model that mixes channels"
                                    + " forecasts them together and expects exactly those, in any"
                                    + " order. A value that is null, or"
                                    + " absent while another one is there, is a missing reading and"
                                    + " no error.");

    public static final ConfigOption<StartOffset> START =
            ConfigOptions.key("source.start")
                    .enumType(StartOffset.class)
                    .defaultValue(StartOffset.COMMITTED)
                    .withDescription(
                            "Where reading begins when the job starts without a savepoint; where no"
                                    + " offset is committed, committed means earliest.");

    public static final ConfigOption<Boolean> BOUNDED =
            ConfigOptions.key("source.bounded")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Stop after the records that are there when the job starts, as for a"
                                    + " backfill.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS =
            ConfigOptions.key("source.out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "By how much observations of a partition may come out of order before"
                                    + " they are late. Forecasts wait for so long.");

    public static final ConfigOption<Duration> IDLENESS =
            ConfigOptions.key("source.idleness")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A partition without observations for so long is not waited for; 0 to"
                                    + " wait for ever.");

    public static final ConfigOption<Duration> MAX_AHEAD =
            ConfigOptions.key("source.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How far an event time may lie ahead of the record's Kafka timestamp"
                                    + " and of the clock; a record beyond it goes to the dead"
                                    + " letters and cannot push the watermark.");

    private SourceOptions() {}
}
