package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A token that is written by itself is the last one of the whole context, bit for bit. */
final class NewestTokenEncoderPropertyTest {
    private record Token(float[] values, float[] observed, float[] features, List<Frame> frames) {}

    private static ForecastSpec spec(int patchLength, int tokens, int channels) {
        return TestSpecs.streaming(60_000, patchLength, tokens, 3, 1, 4, 1, 8)
                .withNormalisation(new Normalisation(9, 4))
                .withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY))
                .withChannels(List.of("power", "voltage", "phase").subList(0, channels));
    }

    @Property(tries = 150)
    void aTrailThatFollowsAStreamWritesTheFloatsOfTheWholeContext(
            @ForAll @IntRange(min = 1, max = 6) int patchLength,
            @ForAll @IntRange(min = 1, max = 5) int tokens,
            @ForAll boolean mixesChannels,
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long start,
            @ForAll long seed) {
        ForecastSpec spec = spec(patchLength, tokens, mixesChannels ? 3 : 0);
        Random random = new Random(seed);
        SeriesContext context = SeriesContext.of(spec);
        FrameHistory trail = new FrameHistory(spec);
        boolean follows = false;
        for (long tick = start; tick < start + 120; tick++) {
            ContextChange change = next(context, tick, random);
            if (context.isEmpty() || context.headTick() != tick) {
                continue;
            }
            if (change == ContextChange.STARTED || random.nextInt(15) == 0) {
                follows = false;
            }
            if (random.nextInt(15) == 0 && revise(context, random)) {
                follows = false;
            }
            if (!follows || tick - trail.tick() >= spec.contextLength()) {
                trail.restart(context);
                follows = true;
            }
            while (trail.tick() < tick - 1) {
                trail.advance(context);
            }

            assertSame(step(spec, context, trail), last(spec, context));
        }
    }

    /** Mostly a value, sometimes a missing tick, sometimes nothing at all. */
    private static ContextChange next(SeriesContext context, long tick, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                return ContextChange.IGNORED_TOO_OLD;
            }
            case 1 -> {
                context.advanceTo(tick);
                return ContextChange.APPENDED;
            }
            default -> {
                return context.update(tick, values(context, random));
            }
        }
    }

    private static boolean revise(SeriesContext context, Random random) {
        long late = context.headTick() - random.nextInt(context.ringTicks());
        return context.update(late, values(context, random)) == ContextChange.REVISED;
    }

    private static double[] values(SeriesContext context, Random random) {
        double[] values = new double[context.channels()];
        Arrays.setAll(
                values,
                channel ->
                        channel > 0 && random.nextInt(3) > 0
                                ? Double.NaN
                                : 1000 + 10 * random.nextGaussian());
        return values;
    }

    private static Token step(ForecastSpec spec, SeriesContext context, FrameHistory trail) {
        float[] values = new float[spec.tokenValues()];
        float[] observed = new float[values.length];
        float[] features = new float[spec.tokenFeatures()];
        List<Frame> frames =
                new NewestTokenEncoder(spec)
                        .encode(
                                context,
                                trail,
                                FloatBuffer.wrap(values),
                                FloatBuffer.wrap(observed),
                                FloatBuffer.wrap(features));
        return new Token(values, observed, features, frames);
    }

    private static Token last(ForecastSpec spec, SeriesContext context) {
        float[] values = new float[spec.tokens() * spec.tokenValues()];
        float[] observed = new float[values.length];
        float[] features = new float[spec.tokens() * spec.tokenFeatures()];
        List<Frame> frames =
                new TokenEncoder(spec)
                        .encode(
                                context,
                                FloatBuffer.wrap(values),
                                FloatBuffer.wrap(observed),
                                FloatBuffer.wrap(features),
                                FloatBuffer.allocate(spec.tokens()));
        return new Token(
                end(values, spec.tokenValues()),
                end(observed, spec.tokenValues()),
                end(features, spec.tokenFeatures()),
                frames);
    }

    private static float[] end(float[] all, int count) {
        return Arrays.copyOfRange(all, all.length - count, all.length);
    }

    private static void assertSame(Token actual, Token expected) {
        assertThat(actual.values()).containsExactly(expected.values());
        assertThat(actual.observed()).containsExactly(expected.observed());
        assertThat(actual.features()).containsExactly(expected.features());
        assertThat(actual.frames()).isEqualTo(expected.frames());
    }
}
