package io.tickformer.cli.doctor;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.history.History;
import io.tickformer.history.HistoryBuilder;
import io.tickformer.history.HistoryException;
import io.tickformer.history.TickLengthDetector;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.source.SampledRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Statistics of a sample of decoded records.
 *
 * <p>A reading counts as late if the tick that it belongs to is over by the time of its own series:
 * an earlier record of the partition has a reading of the series that is later than the end of that
 * tick by the out-of-orderness. This depends on the order of the records only. A job that follows
 * the clock may count others as late too.
 */
final class RecordSample implements Consumer<SampledRecord>, AutoCloseable {
    private static final double USUAL = 0.99;

    private final long tickMillis;
    private final long outOfOrdernessMillis;
    private final HistoryBuilder history = new HistoryBuilder();

    private long records;
    private long observations;
    private long missing;
    private final Map<DeadLetterReason, Long> rejected = new EnumMap<>(DeadLetterReason.class);
    private final Map<DeadLetterReason, String> examples = new EnumMap<>(DeadLetterReason.class);
    private final Map<EpochUnit, Long> fittingUnits = new EnumMap<>(EpochUnit.class);
    private final Set<String> series = new LinkedHashSet<>();
    private long first = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    private long newestWritten = Long.MIN_VALUE;

    /** The newest event time of each series in each partition. */
    private final Map<String, Long> seriesTimes = new HashMap<>();

    /** By how much each late reading came after the end of its tick, in event time. */
    private final List<Long> delays = new ArrayList<>();

    /**
     * @param tickMillis the tick length of the job, or 1 if it is not known
     * @param outOfOrderness how far readings may be out of order before they are late
     */
    RecordSample(long tickMillis, Duration outOfOrderness) {
        this.tickMillis = tickMillis;
        this.outOfOrdernessMillis = outOfOrderness.toMillis();
    }

    @Override
    public void accept(SampledRecord record) {
        records++;
        missing += record.missingReadings();
        newestWritten = Math.max(newestWritten, record.writtenMillis());
        record.fittingUnit().ifPresent(unit -> fittingUnits.merge(unit, 1L, Long::sum));
        for (Decoded decoded : record.decoded()) {
            if (decoded instanceof Decoded.Observed observed) {
                observed(record, observed.observation());
            } else if (decoded instanceof Decoded.Rejected bad) {
                rejected.merge(bad.deadLetter().reason(), 1L, Long::sum);
                examples.putIfAbsent(bad.deadLetter().reason(), bad.deadLetter().detail());
            }
        }
    }

    private void observed(SampledRecord record, Observation observation) {
        observations++;
        long time = observation.eventTimeMillis();
        series.add(observation.series());
        history.add(observation.series(), time, observation.value());
        first = Math.min(first, time);
        newest = Math.max(newest, time);
        String place =
                "%s %d %s".formatted(record.topic(), record.partition(), observation.series());
        Long before = seriesTimes.get(place);
        long end = (Tick.indexOf(time, tickMillis) + 1) * tickMillis;
        if (before != null && before - end >= outOfOrdernessMillis) {
            delays.add(before - end);
        }
        if (before == null || time > before) {
            seriesTimes.put(place, time);
        }
    }

    /** Records that were read. */
    long records() {
        return records;
    }

    /** Readings that were decoded. */
    long observations() {
        return observations;
    }

    /** Values that are null or absent while their record has others. */
    long missing() {
        return missing;
    }

    /** Bad records by cause. */
    Map<DeadLetterReason, Long> rejected() {
        return Collections.unmodifiableMap(rejected);
    }

    /** The number of bad records. */
    long bad() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The details of the first bad record with a cause. */
    String example(DeadLetterReason reason) {
        return examples.get(reason);
    }

    /** The time unit that fits the most records whose event times are not plausible, if any. */
    Optional<EpochUnit> fittingUnit() {
        return fittingUnits.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Records whose event times are not plausible and would be in another unit. */
    long doubtful() {
        return fittingUnits.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The series keys, in the order of their first readings. */
    Set<String> series() {
        return Collections.unmodifiableSet(series);
    }

    /** The first event time, in milliseconds since 1970. */
    long first() {
        return first;
    }

    /** The newest event time, in milliseconds since 1970. */
    long newest() {
        return newest;
    }

    /** The newest Kafka timestamp, in milliseconds since 1970; negative if there is none. */
    long newestWritten() {
        return newestWritten;
    }

    /** Readings that are late. */
    int late() {
        return delays.size();
    }

    /**
     * The out-of-orderness in milliseconds with which at most one of a hundred readings that are
     * late now would still be late.
     */
    long neededOutOfOrderness() {
        List<Long> ascending = new ArrayList<>(delays);
        Collections.sort(ascending);
        return ascending.get((int) Math.ceil(USUAL * ascending.size()) - 1) + 1;
    }

    /**
     * Detects how far readings of a series are apart, in milliseconds; empty if no series has two
     * of different times. Call it once, at the end.
     */
    OptionalLong step() {
        if (observations == 0) {
            return OptionalLong.empty();
        }
        try (History built = history.build("the sample")) {
            return OptionalLong.of(TickLengthDetector.detect(built));
        } catch (HistoryException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        history.close();
    }
}
