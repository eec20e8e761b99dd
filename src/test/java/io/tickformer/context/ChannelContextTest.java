package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The context of the channels of a record. */
final class ChannelContextTest {
    private static final Normalisation NORMALISATION = new Normalisation(4, 4);
    private static final double GONE = Double.NaN;
    private static final int T = 4;

    /** Tokens of a tick, four of them. */
    private static final ForecastSpec SPEC =
            TestSpecs.streaming(60_000, 1, 4, 2, 1, 8, 1, 8)
                    .withNormalisation(NORMALISATION)
                    .withChannels(List.of("a", "b"));

    private final SeriesContext context = new SeriesContext(T, 2);

    private void update(long tick, double first, double second) {
        context.update(tick, new double[] {first, second});
    }

    @Test
    void aTickIsObservedWhereAnyChannelIs() {
        update(10, 1, GONE);
        update(11, GONE, 20);
        update(13, 3, 30);

        assertThat(context.observedTicks()).isEqualTo(3);
        assertThat(context.observedTicks(0)).isEqualTo(2);
        assertThat(context.lastObservedTick()).isEqualTo(13);
        assertThat(context.valueAt(11, 0)).isNaN();
        assertThat(context.valueAt(11, 1)).isEqualTo(20);
        assertThat(context.valueAt(12, 1)).isNaN();
    }

    @Test
    void aRevisionLeavesTheChannelsThatItLacks() {
        update(10, 1, 10);
        update(11, 2, GONE);

        assertThat(context.update(10, new double[] {GONE, 50})).isEqualTo(ContextChange.REVISED);
        assertThat(context.update(11, new double[] {GONE, 60})).isEqualTo(ContextChange.REVISED);

        assertThat(context.valueAt(10, 0)).isEqualTo(1);
        assertThat(context.valueAt(10, 1)).isEqualTo(50);
        assertThat(context.lastObserved(0)).isEqualTo(2);
        assertThat(context.lastObserved(1)).isEqualTo(60);
        assertThat(context.observedTicks()).isEqualTo(2);
    }

    @Test
    void aSilentChannelHasNoFrameOnceItsLastValueHasLeftTheRing() {
        ForecastSpec spec = SPEC;
        SeriesContext silent = SeriesContext.of(spec);
        silent.update(10, new double[] {1, 500});
        for (long tick = 11; tick < 10 + spec.ringTicks() + 1; tick++) {
            silent.update(tick, new double[] {tick, GONE});
        }

        assertThat(silent.firstTick()).isEqualTo(10);
        assertThat(silent.lastObserved(1)).isNaN();
        List<Frame> frames =
                new TokenEncoder(spec)
                        .encode(
                                silent,
                                FloatBuffer.allocate(2 * T),
                                FloatBuffer.allocate(2 * T),
                                FloatBuffer.allocate(T * spec.tokenFeatures()),
                                FloatBuffer.allocate(T));
        assertThat(frames.get(0).isKnown()).isTrue();
        assertThat(frames.get(1)).isEqualTo(Frame.UNKNOWN);
    }

    @Test
    void aGapOfTheContextInAllChannelsStartsItAnew() {
        update(10, 1, GONE);
        update(11, GONE, 2);
        context.advanceTo(14);
        assertThat(context.isEmpty()).isFalse();

        context.advanceTo(15);

        assertThat(context.isEmpty()).isTrue();
        assertThat(context.update(16, new double[] {5, GONE})).isEqualTo(ContextChange.STARTED);
        assertThat(context.lastObserved(0)).isEqualTo(5);
        assertThat(context.lastObserved(1)).isNaN();
    }

    @Test
    void aChannelThatComesLaterHasNotMovedFromNothing() {
        ForecastSpec spec = SPEC;
        SeriesContext late = SeriesContext.of(spec);
        late.update(10, new double[] {1, GONE});
        late.update(11, new double[] {2, GONE});
        late.update(12, new double[] {3, 1000});
        late.update(13, new double[] {4, 1001});
        float[] features = new float[T * spec.tokenFeatures()];

        new TokenEncoder(spec)
                .encode(
                        late,
                        FloatBuffer.allocate(2 * T),
                        FloatBuffer.allocate(2 * T),
                        FloatBuffer.wrap(features),
                        FloatBuffer.allocate(T));

        int third = 2 * spec.tokenFeatures();
        assertThat(features[third]).isPositive();
        assertThat(features[third + 2]).isZero();
        assertThat(features[third + 3]).isZero();
        int fourth = 3 * spec.tokenFeatures();
        assertThat(features[fourth + 2]).isPositive();
    }

    @Test
    void valuesThatAreNoTickOfTheChannelsAreRefused() {
        assertThatThrownBy(() -> context.update(3, new double[] {GONE, GONE}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the values of tick 3 are [NaN, NaN]; expected 2, each a finite number or"
                                + " NaN for a missing one, and not all missing");
        assertThatThrownBy(() -> context.update(3, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the values of tick 3 are [1.0]; expected 2");
        assertThatThrownBy(() -> context.update(3, new double[] {1, Double.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
