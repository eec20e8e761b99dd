package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class SeriesContextPropertyTest {

    /** Values at ticks that are {@code steps} apart. */
    private record Stream(List<Long> ticks, List<Double> values) {
        static Stream of(List<Integer> steps, List<Double> values) {
            List<Long> ticks = new ArrayList<>();
            long tick = -20;
            for (int i = 0; i < steps.size(); i++) {
                tick += steps.get(i);
                ticks.add(tick);
            }
            return new Stream(ticks, values);
        }

        void feed(SeriesContext context) {
            for (int i = 0; i < ticks.size(); i++) {
                context.update(ticks.get(i), values.get(i));
            }
        }
    }

    @Property(tries = 300)
    void aTickThatComesLateChangesTheContextAsIfItHadComeInTime(
            @ForAll @Size(40) List<@IntRange(min = 1, max = 4) Integer> steps,
            @ForAll @Size(40) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @IntRange(min = 0, max = 6) int lateBy,
            @ForAll @IntRange(min = 12, max = 40) int contextLength) {
        Stream stream = Stream.of(steps, values);
        SeriesContext inTime = new SeriesContext(contextLength);
        stream.feed(inTime);

        int late = stream.ticks().size() - 1 - lateBy;
        SeriesContext context = new SeriesContext(contextLength);
        for (int i = 0; i < stream.ticks().size(); i++) {
            if (i != late) {
                context.update(stream.ticks().get(i), stream.values().get(i));
            }
        }
        ContextChange change = context.update(stream.ticks().get(late), stream.values().get(late));

        boolean inTheRing =
                stream.ticks().get(late) > inTime.headTick() - contextLength || lateBy == 0;
        assertThat(change == ContextChange.IGNORED_TOO_OLD).isEqualTo(!inTheRing);
        if (inTheRing) {
            assertThat(StoredContext.of(context)).isEqualTo(StoredContext.of(inTime));
        }
    }

    @Property(tries = 300)
    void seasonalNaiveIsTheNewestKnownValueInPhase(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 4) Integer> steps,
            @ForAll @Size(60) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @IntRange(min = 1, max = 90) int period,
            @ForAll @IntRange(min = 4, max = 80) int contextLength) {
        SeriesContext context = new SeriesContext(contextLength);
        Stream.of(steps, values).feed(context);
        SeasonalNaive naive = new SeasonalNaive(period);
        long head = context.headTick();
        long oldest = Math.max(context.firstTick(), head - contextLength + 1);
        double[] expected = new double[20];
        for (int step = 0; step < expected.length; step++) {
            long source = naive.sourceOf(head, head + 1 + step);
            expected[step] = Double.NaN;
            while (Double.isNaN(expected[step]) && source >= oldest) {
                expected[step] = context.valueAt(source);
                source -= period;
            }
        }

        double[] actual = new double[expected.length];
        context.copySeasonalNaive(0, naive, actual);

        assertThat(actual).containsExactly(expected);
    }

    @Property(tries = 200)
    void theBinaryFormHoldsEverything(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 12) Integer> steps,
            @ForAll @Size(30) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @IntRange(min = 1, max = 20) int contextLength)
            throws IOException {
        SeriesContext context = new SeriesContext(contextLength);
        Stream.of(steps, values).feed(context);

        SeriesContext back = StoredContext.reopened(context);

        assertThat(StoredContext.of(back)).isEqualTo(StoredContext.of(context));
        assertThat(back.isEmpty()).isEqualTo(context.isEmpty());
        assertThat(back.observedTicks()).isEqualTo(context.observedTicks());
        if (!context.isEmpty()) {
            assertThat(back.headTick()).isEqualTo(context.headTick());
            assertThat(back.firstTick()).isEqualTo(context.firstTick());
        }
        // Both go on alike.
        long next = context.isEmpty() ? 0 : context.headTick() + 2;
        assertThat(back.update(next, 3)).isEqualTo(context.update(next, 3));
        assertThat(StoredContext.of(back)).isEqualTo(StoredContext.of(context));
    }
}
