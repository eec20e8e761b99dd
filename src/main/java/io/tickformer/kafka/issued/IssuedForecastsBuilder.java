package io.tickformer.kafka.issued;

import io.tickformer.kafka.encode.ForecastKey;
import io.tickformer.kafka.registry.UndecodableException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Gathers which ticks the forecasts of a topic are of, as it is read. */
final class IssuedForecastsBuilder {
    /** So many forecasts of each partition say which ticks were forecast at the beginning. */
    private static final int FIRST = 101;

    /** Of a hundred series so many may be further behind than is said. */
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
     * Begins.
     *
     * @param tickMillis length of the ticks; forecasts of others are left aside
     * @param keyOf the key that state is kept under, of a series
     */
    IssuedForecastsBuilder(long tickMillis, UnaryOperator<String> keyOf) {
        this.tickMillis = tickMillis;
        this.keyOf = keyOf;
    }

    /** Takes a record; those of a partition come in their order. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            ForecastKey key = ForecastKey.read(record.value());
            if (key.tickMillis() == tickMillis) {
                add(record, key, keyOf.apply(key.series()));
            } else {
                foreign++;
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            foreign++;
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, ForecastKey key, String series) {
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
     * What it gathered.
     *
     * @param isWhole whether no older forecast can matter
     * @param lastMillis series that were forecast in so many last milliseconds, by Kafka
     *     timestamps, say which tick the job had come to
     */
    IssuedForecasts result(boolean isWhole, long lastMillis) {
        return new IssuedForecasts(
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
