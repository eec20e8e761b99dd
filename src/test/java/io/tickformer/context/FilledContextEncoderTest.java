package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import org.junit.jupiter.api.Test;

final class FilledContextEncoderTest {
    /** T = 5, one token a tick. */
    private static final ForecastSpec SPEC =
            ForecastSpec.vanilla(1_000, 5, 2, 1, 4, 1, 8)
                    .withNormalisation(new Normalisation(3, 1e-3, 1e-6));

    private final SeriesContext context =
            new SeriesContext(SPEC.contextLength(), SPEC.normalisation());
    private final float[] values = new float[6];
    private final float[] observed = new float[6];

    @Test
    void aMissingTickRepeatsTheValueBeforeItAndTheFirstFillsWhatComesBefore() {
        context.update(10, 4);
        context.update(12, 6);
        context.advanceTo(13);

        Frame frame = new FilledContextEncoder(SPEC, false).encode(context, values, observed, 1);

        assertThat(values).containsExactly(0, 4, 4, 4, 6, 6);
        assertThat(observed).containsExactly(0, 0, 1, 0, 1, 0);
        RunningStatistics statistics = new RunningStatistics(SPEC.normalisation());
        for (double value : new double[] {4, Double.NaN, 6, Double.NaN}) {
            statistics.add(value);
        }
        assertThat(frame).isEqualTo(statistics.frame());
    }

    @Test
    void normalisedValuesAreInTheFrameOfTheHead() {
        RunningStatistics statistics = new RunningStatistics(SPEC.normalisation());
        for (int tick = 0; tick < 9; tick++) {
            context.update(tick, tick * tick);
            statistics.add(tick * tick);
        }

        Frame frame = new FilledContextEncoder(SPEC, true).encode(context, values, observed, 0);

        assertThat(frame).isEqualTo(statistics.frame());
        assertThat(values[4]).isEqualTo((float) ((64 - frame.location()) / frame.scale()));
        assertThat(values[0]).isEqualTo((float) ((16 - frame.location()) / frame.scale()));
    }

    @Test
    void ticksOfALongerContextThatAreNotKnownCountOnceInItsStatistics() {
        ForecastSpec spec = ForecastSpec.vanilla(60_000, 8, 2, 1, 8, 2, 16);
        SeriesContext shorter = new SeriesContext(3, spec.normalisation());
        SeriesContext always = new SeriesContext(8, spec.normalisation());
        for (int tick = 0; tick < 9; tick++) {
            shorter.update(tick, tick * tick);
            always.update(tick, tick * tick);
        }
        SeriesContext longer = ContextFit.of(shorter, 8, spec.normalisation());

        assertThat(frame(spec, longer)).isEqualTo(frame(spec, always));
    }

    private static Frame frame(ForecastSpec spec, SeriesContext context) {
        return new FilledContextEncoder(spec, true).encode(context, new float[8], new float[8], 0);
    }
}
