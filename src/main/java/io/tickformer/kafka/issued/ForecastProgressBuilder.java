package io.tickformer.kafka.issued;

import io.tickformer.kafka.encode.ForecastIdentity;
import io.tickformer.kafka.registry.UndecodableException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Collects the ticks of the forecasts of a topic while it is read. */
final class ForecastProgressBuilder {
    /** The number of forecasts of each partition that determine the oldest tick. */
    private static final int FIRST = 101;

    /** The share of series, in percent, that may be behind the reported tick. */
    private static final int ODD_PERCENT = 10;

    private final long tickMillis;
    private final UnaryOperator<String> keyOf;
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> writtenAt = new HashMap<>();
    private final Map<TopicPartition, Integer> seen = new HashMap<>();
    private final Map<Long, Integer> firstTicks = new TreeMap<>();
    private long firstTick = Long.MAX_VALUE;
    private long lastWritten = Long.MIN_VALUE;
    private long records;
    private long foreign;

    /**
     * @param tickMillis length of the ticks; forecasts with other ticks are counted as foreign
     * @param keyOf maps a series to the key of its state
     */
    ForecastProgressBuilder(long tickMillis, UnaryOperator<String> keyOf) {
        this.tickMillis = tickMillis;
        this.keyOf = keyOf;
    }

    /** Adds a record; the records of a partition must be added in order. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            ForecastIdentity key = ForecastIdentity.read(record.value());
            if (key.tickMillis() == tickMillis) {
                add(record, key, keyOf.apply(key.series()));
            } else {
                foreign++;
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            foreign++;
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, ForecastIdentity key, String series) {
        records++;
        long tick = key.tickIndex();
        newest.merge(series, tick, Math::max);
        writtenAt.merge(series, record.timestamp(), Math::max);
        lastWritten = Math.max(lastWritten, record.timestamp());
        firstTick = Math.min(firstTick, tick);
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (seen.merge(partition, 1, Integer::sum) <= FIRST) {
            firstTicks.merge(tick, 1, Integer::sum);
        }
    }

    /**
     * Returns the result.
     *
     * @param isWhole whether no older forecast can matter
     * @param lastMillis a series is slow or not by its newest tick if it has a forecast in this
     *     last span of Kafka timestamps; others do not count
     */
    ForecastProgress result(boolean isWhole, long lastMillis) {
        return new ForecastProgress(
                newest, isWhole, median(), firstTick, behind(lastMillis), records, foreign);
    }

    private long behind(long lastMillis) {
        long[] ticks =
                newest.entrySet().stream()
                        .filter(each -> writtenAt.get(each.getKey()) >= lastWritten - lastMillis)
                        .mapToLong(Map.Entry::getValue)
                        .sorted()
                        .toArray();
        return ticks.length == 0 ? Long.MAX_VALUE : ticks[ticks.length * ODD_PERCENT / 100];
    }

    private long median() {
        int all = firstTicks.values().stream().mapToInt(Integer::intValue).sum();
        int before = 0;
        for (Map.Entry<Long, Integer> each : firstTicks.entrySet()) {
            before += each.getValue();
            if (2 * before >= all) {
                return each.getKey();
            }
        }
        return Long.MIN_VALUE;
    }
}
