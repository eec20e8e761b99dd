package io.tickformer.job;

import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.source.StartOffset;
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
                            "Where reading begins when the job starts without a savepoint. Committed:"
                                    + " where the consumer group has no committed offset, at the"
                                    + " earliest; where it has, as far before it as the contexts"
                                    + " need, and no tick is forecast that has a forecast in"
                                    + " sink.topic. Earliest and latest begin there at every start,"
                                    + " whatever was forecast.");

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
                                    + " they are late. Forecasts wait for so long after the end of a"
                                    + " tick.");

    public static final ConfigOption<Boolean> FOLLOW_CLOCK =
            ConfigOptions.key("source.follow-clock")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Where a partition has nothing left to read, end its ticks by the clock,"
                                    + " source.out-of-orderness after their end; without it, or with"
                                    + " source.bounded, only a later observation of the partition"
                                    + " ends a tick, and forecasts depend on the stream alone.");

    public static final ConfigOption<Duration> IDLENESS =
            ConfigOptions.key("source.idleness")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A partition that the clock does not move is not waited for once no"
                                    + " observation has come for so long; 0 to wait for ever.");

    public static final ConfigOption<Duration> MAX_DRIFT =
            ConfigOptions.key("source.max-drift")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far a partition may be ahead of the others in event time before it"
                                    + " is read no further until they follow, so that few ticks are"
                                    + " open at a time; by default 1000 ticks; 0 for no limit.");

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("source.discovery-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How often the brokers are asked for new partitions, which are read from"
                                    + " their beginning; 0 for never.");

    public static final ConfigOption<Duration> MAX_AHEAD =
            ConfigOptions.key("source.max-ahead")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How far an event time may lie ahead of the record's Kafka timestamp"
                                    + " and of the clock; a record beyond it goes to the dead"
                                    + " letters. By default three ticks, and a minute at least.");

    private SourceOptions() {}
}
