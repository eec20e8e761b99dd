package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.context.RunningFrame;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.ForecastSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A window that starts at a mark is the window of a series replayed from its start. */
class TrainingSeriesTest {
    private final ForecastSpec spec = Histories.smallSpec();

    /** Several rings long, with single gaps and one that empties the context. */
    private final TickSeries ticks = ticks();

    private final TrainingSeries series = new TrainingSeries(ticks, spec);

    @Test
    void theContextAtAnyTickIsThatOfAReplayFromTheStart() throws IOException {
        SeriesContext replayed = SeriesContext.of(spec);
        for (long tick = ticks.firstTick(); tick < ticks.endTick(); tick++) {
            take(replayed, tick, ticks.valueAt(tick));
            assertThat(bytes(series.contextAt(tick)))
                    .as("tick %d", tick)
                    .isEqualTo(bytes(replayed));
        }
    }

    @Test
    void theContextWithTicksTakenOutIsThatOfAReplayWithoutThem() throws IOException {
        for (long end = ticks.firstTick() + 30; end < ticks.endTick(); end += 37) {
            RemovedTicks runs =
                    new RemovedTicks(
                            new long[] {end - 19, end - 5}, new long[] {end - 15, end - 2});
            SeriesContext replayed = SeriesContext.of(spec);
            for (long tick = ticks.firstTick(); tick <= end; tick++) {
                take(replayed, tick, runs.contains(tick, 0) ? Double.NaN : ticks.valueAt(tick));
            }
            assertThat(bytes(series.contextAt(end, runs))).isEqualTo(bytes(replayed));
        }
    }

    @Test
    void theReferenceScaleIsThatOfOnePassFromTheStart() {
        RunningFrame frame = new RunningFrame(spec.normalisation());
        long start = RunningFrame.start(ticks.firstTick(), spec.normalisation().blockTicks());
        for (long tick = ticks.firstTick(); tick < ticks.endTick(); tick++) {
            frame.replay(ticks::valueAt, start, tick);
            assertThat(series.referenceScale(0, tick, 0, Long.MAX_VALUE)).isEqualTo(frame.scale());
        }
    }

    private static TickSeries ticks() {
        SplittableRandom random = new SplittableRandom(3);
        return TickSeries.of(
                Histories.of(
                        "a",
                        1800,
                        tick ->
                                tick / 40 == 20 || random.nextDouble() < 0.1
                                        ? Double.NaN
                                        : 5 + random.nextDouble() * (tick > 900 ? 100 : 1)),
                TickDefinition.of(Histories.HOUR, TickAggregate.MEAN));
    }

    private static void take(SeriesContext context, long tick, double value) {
        if (Double.isNaN(value)) {
            context.advanceTo(tick);
        } else {
            context.update(tick, value);
        }
    }

    private static byte[] bytes(SeriesContext context) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(context.isEmpty());
        if (!context.isEmpty()) {
            long head = context.headTick();
            long oldest = head - context.ringTicks() + 1;
            out.writeLong(head);
            // Once it has left the ring it does not matter when it was.
            out.writeLong(Math.max(context.firstTick(), oldest));
            for (long tick = oldest; tick <= head; tick++) {
                out.writeDouble(context.valueAt(tick));
            }
        }
        return bytes.toByteArray();
    }
}
