package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenEncoderTest {
    private static final long HOUR = 3_600_000;

    /** P = 2, W = 3, L = 1: N = 3 tokens, T = 6 ticks. */
    private static final ForecastSpec SPEC =
            TestSpecs.streaming(HOUR, 2, 3, 4, 1, 8, 2, 16)
                    .withNormalisation(new Normalisation(5, 4));

    private static SeriesContext context(ForecastSpec spec) {
        return SeriesContext.of(spec);
    }

    /** What the encoder wrote. */
    private record Encoded(
            Frame frame, float[] values, float[] observed, float[] features, float[] present) {
        static Encoded of(ForecastSpec spec, SeriesContext context) {
            int ticks = spec.contextLength();
            float[] values = new float[ticks];
            float[] observed = new float[ticks];
            float[] features = new float[spec.tokens() * spec.tokenFeatures()];
            float[] present = new float[spec.tokens()];
            Frame frame =
                    new TokenEncoder(spec)
                            .encode(
                                    context,
                                    FloatBuffer.wrap(values),
                                    FloatBuffer.wrap(observed),
                                    FloatBuffer.wrap(features),
                                    FloatBuffer.wrap(present))
                            .get(0);
            return new Encoded(frame, values, observed, features, present);
        }
    }

    @Test
    void tokensBeforeTheFirstTickAreAbsentAndZero() {
        SeriesContext context = context(SPEC);
        context.update(10, 3);

        Encoded encoded = Encoded.of(SPEC, context);

        assertThat(encoded.present()).containsExactly(0, 0, 1);
        assertThat(encoded.observed()).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(encoded.values()).containsOnly(0);
        assertThat(encoded.features()).containsOnly(0);
        assertThat(encoded.frame()).isEqualTo(new Frame(3, 3e-12));
    }

    @Test
    void aTokenIsNormalisedInTheFrameOfItsLastTick() {
        SeriesContext context = context(SPEC);
        RunningFrame running = new RunningFrame(SPEC.normalisation());
        running.restart(0);
        Frame[] frames = new Frame[8];
        double[] ticks = {5, 7, Double.NaN, 4, 9, 8, 12, 3};
        for (int tick = 0; tick < ticks.length; tick++) {
            running.add(ticks[tick]);
            frames[tick] = running.frame();
            if (!Double.isNaN(ticks[tick])) {
                context.update(tick, ticks[tick]);
            }
        }

        Encoded encoded = Encoded.of(SPEC, context);

        assertThat(encoded.present()).containsExactly(1, 1, 1);
        assertThat(encoded.observed()).containsExactly(0, 1, 1, 1, 1, 1);
        for (int i = 0; i < 6; i++) {
            int tick = 2 + i;
            Frame frame = frames[tick % 2 == 0 ? tick + 1 : tick];
            float expected =
                    Double.isNaN(ticks[tick])
                            ? 0
                            : (float) ((ticks[tick] - frame.location()) / frame.scale());
            assertThat(encoded.values()[i]).isEqualTo(expected);
        }
        for (int token = 0; token < 3; token++) {
            Frame frame = frames[3 + 2 * token];
            Frame before = frames[1 + 2 * token];
            assertThat(encoded.features()[2 * token])
                    .isEqualTo((float) ((frame.location() - before.location()) / frame.scale()));
            assertThat(encoded.features()[2 * token + 1])
                    .isEqualTo((float) Math.log(frame.scale() / before.scale()));
        }
        assertThat(encoded.frame()).isEqualTo(frames[7]);
    }

    @Test
    void theFirstTokenOfASeriesHasNotMoved() {
        SeriesContext context = context(SPEC);
        for (int tick = 0; tick < 4; tick++) {
            context.update(tick, 10 * tick);
        }

        Encoded encoded = Encoded.of(SPEC, context);

        assertThat(encoded.present()).containsExactly(0, 1, 1);
        assertThat(encoded.features()[2]).isZero();
        assertThat(encoded.features()[3]).isZero();
        assertThat(encoded.features()[4]).isPositive();
    }

    @Test
    void movementsOfAFrameAreBounded() {
        SeriesContext context = context(SPEC);
        for (int tick = 0; tick < 4; tick++) {
            context.update(tick, 1e-9);
        }
        context.update(4, 1e12);
        context.update(5, 1e12);

        Encoded encoded = Encoded.of(SPEC, context);

        assertThat(encoded.features()[5]).isEqualTo(TokenEncoder.LARGEST_MOVEMENT);
    }

    @Test
    void everyTokenIsFiniteThroughHugeJumpsAndConstants() {
        SeriesContext context = context(SPEC);
        double[] ticks = {0, 0, 0, 0, 1e300, -1e300, 0, 1e-300, 5, 5, 5, 5, 5, 5, 5, 5};
        for (int tick = 0; tick < ticks.length; tick++) {
            context.update(tick, ticks[tick]);
            Encoded encoded = Encoded.of(SPEC, context);
            for (float[] written :
                    List.of(encoded.values(), encoded.features(), encoded.present())) {
                for (float number : written) {
                    assertThat(number).isFinite();
                }
            }
        }
    }

    @Test
    void calendarFeaturesAreTheSineAndCosineOfThePhaseOfTheLastTick() {
        ForecastSpec spec =
                SPEC.withCalendarFeatures(
                        List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK));
        SeriesContext context = context(spec);
        // The epoch was a Thursday: at tick 96 of hours it is Monday, 00:00.
        context.update(96, 1);

        float[] features = Encoded.of(spec, context).features();

        assertThat(features).hasSize(3 * 6);
        assertThat(features[14]).isZero();
        assertThat(features[15]).isEqualTo(1);
        assertThat(features[16]).isZero();
        assertThat(features[17]).isEqualTo(1);
        // The token before it ends at Sunday, 22:00, present or not.
        assertThat(features[8]).isEqualTo((float) Math.sin(2 * Math.PI * 22 / 24));
        assertThat(features[9]).isEqualTo((float) Math.cos(2 * Math.PI * 22 / 24));
    }

    @Test
    void framesAreThoseOfTheTokens() {
        SeriesContext context = context(SPEC);
        double[] values = {5, 7, 1, 4, 9, 8, 12, 3};
        RunningFrame running = new RunningFrame(SPEC.normalisation());
        running.restart(0);
        double[] locations = new double[8];
        double[] scales = new double[8];
        for (int tick = 0; tick < values.length; tick++) {
            context.update(tick, values[tick]);
            running.add(values[tick]);
            locations[tick] = running.location();
            scales[tick] = running.scale();
        }
        double[] location = new double[3];
        double[] scale = new double[3];

        new TokenEncoder(SPEC).frames(context, location, scale);

        assertThat(location).containsExactly(locations[3], locations[5], locations[7]);
        assertThat(scale).containsExactly(scales[3], scales[5], scales[7]);
    }

    @Test
    void tokensAreWrittenAtThePositionsOfTheBuffers() {
        SeriesContext context = context(SPEC);
        context.update(0, 2);
        context.update(1, 4);
        FloatBuffer values = FloatBuffer.allocate(12).position(6);
        FloatBuffer observed = FloatBuffer.allocate(12);
        FloatBuffer features = FloatBuffer.allocate(12).position(3);
        FloatBuffer present = FloatBuffer.allocate(3);

        new TokenEncoder(SPEC).encode(context, values, observed, features, present);

        assertThat(values.position()).isEqualTo(12);
        assertThat(observed.position()).isEqualTo(6);
        assertThat(features.position()).isEqualTo(9);
        assertThat(present.position()).isEqualTo(3);
        assertThat(values.get(11)).isNotZero();
    }

    @Test
    void aContextOfAnotherModelIsRefused() {
        SeriesContext context = new SeriesContext(7);
        context.update(0, 1);

        assertThatThrownBy(() -> Encoded.of(SPEC, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the ring of the context has 7 ticks")
                .hasMessageContaining("the model expects 14");
    }
}
