package io.tickformer.lab.chaos;

import io.tickformer.event.Observation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The events of a run, a function of the seed and independent of the clock: every instance gives
 * the same ticks. Series miss ticks, fall silent for longer than a context, have spikes, and have
 * up to three events per tick. Events arrive out of order, some up to three ticks late.
 *
 * <p>No event is later than {@link #OUT_OF_ORDERNESS} within its partition, so none is late for the
 * job, whatever the relative speed of partitions.
 */
final class ChaosStream {
    static final long TICK_MILLIS = 1_000;

    /** The out-of-orderness bound of the job, longer than the delay of any event. */
    static final long OUT_OF_ORDERNESS = 5 * TICK_MILLIS;

    private static final long FIRST_TICK =
            Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() / TICK_MILLIS;
    private static final int LATEST = 3;
    private static final double LATE = 0.2;
    private static final double MISSING = 0.05;
    private static final double FALLS_SILENT = 0.002;
    private static final double SPIKES = 0.004;
    private static final double SPIKE = 100;
    private static final int MOST_EVENTS = 3;

    /** One event and its partition. */
    record Sent(Observation observation, int partition) {}

    private final Random random;
    private final int series;
    private final int partitions;
    private final int longestSilence;
    private final int[] silence;
    private final Deque<List<Sent>> pending = new ArrayDeque<>();
    private final Set<SeriesTick> keys = new HashSet<>();
    private long ticks;

    /**
     * @param longestSilence maximum number of ticks for which a series falls silent
     */
    ChaosStream(long seed, int series, int partitions, int longestSilence) {
        this.random = new Random(seed);
        this.series = series;
        this.partitions = partitions;
        this.longestSilence = longestSilence;
        this.silence = new int[series];
        for (int i = 0; i <= LATEST; i++) {
            pending.add(new ArrayList<>());
        }
    }

    /** The events sent during the next tick. */
    List<Sent> next() {
        long tick = FIRST_TICK + ticks++;
        for (int i = 0; i < series; i++) {
            if (silence[i] > 0) {
                silence[i]--;
            } else if (random.nextDouble() < FALLS_SILENT) {
                silence[i] = random.nextInt(longestSilence);
            } else if (random.nextDouble() >= MISSING) {
                observe(i, tick);
            }
        }
        return take();
    }

    private void observe(int index, long tick) {
        String name = "series-%04d".formatted(index);
        keys.add(new SeriesTick(name, tick));
        double spike = random.nextDouble() < SPIKES ? SPIKE : 0;
        int events = 1 + random.nextInt(MOST_EVENTS);
        List<List<Sent>> batches = new ArrayList<>(pending);
        for (int i = 0; i < events; i++) {
            long time = tick * TICK_MILLIS + random.nextInt((int) TICK_MILLIS);
            double season = 10 * Math.sin(2 * Math.PI * tick / 24 + index);
            double value = 100 + 3 * index + season + spike + random.nextGaussian();
            int late = random.nextDouble() < LATE ? 1 + random.nextInt(LATEST) : 0;
            batches.get(late).add(new Sent(new Observation(name, time, value), index % partitions));
        }
    }

    private List<Sent> take() {
        List<Sent> batch = pending.removeFirst();
        pending.add(new ArrayList<>());
        Collections.shuffle(batch, random);
        return batch;
    }

    /**
     * The closing events: pending late events, and in every partition one that closes all ticks.
     */
    List<Sent> closing() {
        List<Sent> rest = new ArrayList<>();
        for (int i = 0; i < LATEST; i++) {
            rest.addAll(take());
        }
        long time = (FIRST_TICK + ticks + 1) * TICK_MILLIS + OUT_OF_ORDERNESS;
        for (int i = 0; i < partitions; i++) {
            rest.add(new Sent(new Observation("end-" + i, time, 0), i));
        }
        return rest;
    }

    /** Number of ticks so far. */
    long ticks() {
        return ticks;
    }

    /** Every series and tick so far with an event, each of which has one forecast in the end. */
    Set<SeriesTick> keys() {
        return Collections.unmodifiableSet(keys);
    }
}
