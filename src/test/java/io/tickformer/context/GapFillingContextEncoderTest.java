package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import org.junit.jupiter.api.Test;

final class GapFillingContextEncoderTest {
    /** T = 5, one token a tick. */
    private static final ForecastSpec SPEC =
            TestSpecs.vanilla(1_000, 5, 2, 1, 4, 1, 8).withNormalisation(new Normalisation(3, 4));

    private final SeriesContext context = SeriesContext.of(SPEC);
    private final float[] values = new float[6];
    private final float[] observed = new float[6];

    @Test
    void aMissingTickRepeatsTheValueBeforeItAndTheFirstFillsWhatComesBefore() {
        context.update(10, 4);
        context.update(12, 6);
        context.advanceTo(13);

        Frame frame =
                new GapFillingContextEncoder(SPEC, false).encode(context, values, observed, 1);

        assertThat(values).containsExactly(0, 4, 4, 4, 6, 6);
        assertThat(observed).containsExactly(0, 0, 1, 0, 1, 0);
        assertThat(frame).isEqualTo(frame(13, 4, Double.NaN, 6, Double.NaN));
    }

    @Test
    void normalisedValuesAreInTheFrameOfTheHead() {
        for (int tick = 0; tick < 9; tick++) {
            context.update(tick, tick * tick);
        }

        Frame frame = new GapFillingContextEncoder(SPEC, true).encode(context, values, observed, 0);

        assertThat(frame).isEqualTo(frame(8, 0, 1, 4, 9, 16, 25, 36, 49, 64));
        assertThat(values[4]).isEqualTo((float) ((64 - frame.location()) / frame.scale()));
        assertThat(values[0]).isEqualTo((float) ((16 - frame.location()) / frame.scale()));
    }

    @Test
    void aContextWithoutAFrameIsFilledWithTheLocation() {
        context.update(0, 7);
        context.advanceTo(SPEC.ringTicks() - 1);

        Frame frame = new GapFillingContextEncoder(SPEC, true).encode(context, values, observed, 0);

        assertThat(frame.isKnown()).isFalse();
        assertThat(values).containsOnly(0);
        assertThat(observed).containsOnly(0);
    }

    /** The frame of a series at the last of its ticks. */
    private static Frame frame(long last, double... ticks) {
        RunningFrame running = new RunningFrame(SPEC.normalisation());
        long first = last - ticks.length + 1;
        running.replay(
                tick -> tick < first ? Double.NaN : ticks[(int) (tick - first)],
                RunningFrame.start(last, SPEC.normalisation().blockTicks()),
                last);
        return running.frame();
    }
}
