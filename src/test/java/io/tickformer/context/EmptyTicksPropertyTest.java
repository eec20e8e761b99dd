package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import java.io.IOException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A context whose empty ticks have a value, against a plain list of readings. */
final class EmptyTicksPropertyTest {
    @Property(tries = 300)
    void theRingIsWhatTheReadingsSay(
            @ForAll long seed,
            @ForAll EmptyTickPolicy rule,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 12) int contextLength)
            throws IOException {
        Random random = new Random(seed);
        SeriesContext context = new SeriesContext(contextLength, channels, rule);
        TreeMap<Long, double[]> readings = new TreeMap<>();
        long tick = random.nextInt(20) - 10L;
        for (int i = 0; i < 40; i++) {
            tick += 1 + random.nextInt(random.nextInt(4) == 0 ? 2 * contextLength + 2 : 3);
            if (!readings.isEmpty() && tick - readings.lastKey() > contextLength) {
                readings.clear();
            }
            double[] values = values(random, channels);
            assertThat(context.update(tick, values).movedHead()).isTrue();
            readings.put(tick, values);
            long ahead = tick + random.nextInt(contextLength);
            context.advanceTo(ahead);
            requireRing(context, readings, ahead);
            requireRing(throughBytes(context), readings, ahead);
            requireRing(context.copy(), readings, ahead);
            tick = ahead;
        }
    }

    @Property(tries = 300)
    void aLateReadingChangesTheContextAsIfItHadComeInTime(
            @ForAll long seed,
            @ForAll EmptyTickPolicy rule,
            @ForAll @IntRange(min = 1, max = 3) int channels) {
        Random random = new Random(seed);
        int contextLength = 30;
        TreeMap<Long, double[]> readings = new TreeMap<>();
        for (long tick = 0; tick < contextLength; tick += 1 + random.nextInt(6)) {
            readings.put(tick, values(random, channels));
        }
        SeriesContext inTime = fed(readings, contextLength, channels, rule);
        long head = inTime.headTick();
        for (long late : readings.keySet()) {
            TreeMap<Long, double[]> others = new TreeMap<>(readings);
            double[] values = others.remove(late);
            if (others.isEmpty()) {
                return;
            }
            SeriesContext context = fed(others, contextLength, channels, rule);
            context.update(late, values);
            context.advanceTo(head);
            assertThat(StoredContext.of(context)).isEqualTo(StoredContext.of(inTime));
        }
    }

    private static SeriesContext fed(
            SortedMap<Long, double[]> readings,
            int contextLength,
            int channels,
            EmptyTickPolicy rule) {
        SeriesContext context = new SeriesContext(contextLength, channels, rule);
        readings.forEach(context::update);
        return context;
    }

    private static double[] values(Random random, int channels) {
        double[] values = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            values[channel] = random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian();
        }
        values[random.nextInt(channels)] = 3;
        return values;
    }

    private static SeriesContext throughBytes(SeriesContext context) throws IOException {
        return StoredContext.reopened(context);
    }

    private static void requireRing(
            SeriesContext context, SortedMap<Long, double[]> readings, long head) {
        assertThat(context.headTick()).isEqualTo(head);
        assertThat(context.lastObservedTick()).isEqualTo(readings.lastKey());
        int length = context.ringTicks();
        long oldest = Math.max(context.firstTick(), head - length + 1);
        for (int channel = 0; channel < context.channels(); channel++) {
            long newest = Long.MIN_VALUE;
            double last = Double.NaN;
            for (long tick = readings.firstKey(); tick <= head; tick++) {
                double[] values = readings.get(tick);
                boolean isReading = values != null && !Double.isNaN(values[channel]);
                if (isReading) {
                    newest = tick;
                    last = values[channel];
                }
                if (tick >= oldest) {
                    boolean lives = !Double.isNaN(last) && tick - newest < length;
                    double filled =
                            switch (context.emptyTick()) {
                                case MISSING -> Double.NaN;
                                case ZERO -> lives ? 0 : Double.NaN;
                                case LAST -> lives ? last : Double.NaN;
                            };
                    assertThat(context.valueAt(tick, channel))
                            .isEqualTo(Double.valueOf(isReading ? last : filled));
                    assertThat(context.isReading(tick, channel)).isEqualTo(isReading);
                }
            }
        }
    }
}
