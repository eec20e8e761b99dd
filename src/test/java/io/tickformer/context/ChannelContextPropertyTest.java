package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Contexts of several channels, against replays and contexts of a single series. */
final class ChannelContextPropertyTest {
    private static final Normalisation NORMALISATION = new Normalisation(6, 4);
    private static final double GONE = Double.NaN;

    /** Ticks with gaps; about one value in four is missing, and not all of a tick are. */
    private static SortedMap<Long, double[]> stream(int ticks, int channels, Random random) {
        SortedMap<Long, double[]> stream = new TreeMap<>();
        long tick = -20;
        for (int i = 0; i < ticks; i++) {
            tick += 1 + (random.nextInt(4) == 0 ? random.nextInt(6) : 0);
            double[] values = new double[channels];
            for (int channel = 0; channel < channels; channel++) {
                boolean missing = random.nextInt(4) == 0;
                values[channel] = missing ? GONE : 100 * channel + random.nextGaussian();
            }
            int one = random.nextInt(channels);
            values[one] = Double.isNaN(values[one]) ? random.nextGaussian() : values[one];
            stream.put(tick, values);
        }
        return stream;
    }

    private static SeriesContext context(int contextLength, int channels) {
        return new SeriesContext(contextLength, channels);
    }

    @Property(tries = 200)
    void valuesThatComeLateChangeTheContextAsIfTheyHadComeInTime(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int lateBy) {
        Random random = new Random(seed);
        int channels = 3;
        SortedMap<Long, double[]> stream = stream(40, channels, random);
        SeriesContext inTime = context(60, channels);
        stream.forEach(inTime::update);

        List<Long> ticks = List.copyOf(stream.keySet());
        long late = ticks.get(ticks.size() - 2 - lateBy);
        double[] whole = stream.get(late);
        double[] first = new double[channels];
        Arrays.fill(first, GONE);
        // One of the channels comes in time, unless it is the only one; the rest comes late.
        int punctual = random.nextInt(channels);
        first[punctual] = whole[punctual];
        double[] rest = whole.clone();
        boolean isAlone = Arrays.stream(whole).filter(value -> !Double.isNaN(value)).count() == 1;
        if (!Double.isNaN(first[punctual]) && !isAlone) {
            rest[punctual] = GONE;
        }
        SeriesContext context = context(60, channels);
        for (long tick : ticks) {
            if (tick != late) {
                context.update(tick, stream.get(tick));
            } else if (!Double.isNaN(first[punctual])) {
                context.update(tick, first);
            }
        }

        assertThat(context.update(late, rest)).isEqualTo(ContextChange.REVISED);
        assertThat(StoredContext.of(context)).isEqualTo(StoredContext.of(inTime));
        assertThat(context.observedTicks()).isEqualTo(inTime.observedTicks());
        for (int channel = 0; channel < channels; channel++) {
            assertThat(context.observedTicks(channel)).isEqualTo(inTime.observedTicks(channel));
        }
    }

    @Property(tries = 100)
    void channelsThatAreObservedTogetherEncodeAsSeriesOfTheirOwn(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int channels) {
        ForecastSpec single =
                TestSpecs.streaming(60_000, 3, 3, 2, 2, 8, 2, 16).withNormalisation(NORMALISATION);
        ForecastSpec mixed = single.withChannels(List.of("a", "b", "c").subList(0, channels));
        Random random = new Random(seed);
        SeriesContext together = SeriesContext.of(mixed);
        List<SeriesContext> alone = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            alone.add(SeriesContext.of(single));
        }
        for (long tick : stream(30, channels, random).keySet()) {
            double[] values = random.doubles(channels).toArray();
            together.update(tick, values);
            for (int channel = 0; channel < channels; channel++) {
                alone.get(channel).update(tick, values[channel]);
            }
        }

        Encoded all = Encoded.of(mixed, together);
        for (int channel = 0; channel < channels; channel++) {
            Encoded own = Encoded.of(single, alone.get(channel));
            assertThat(all.frames().get(channel)).isEqualTo(own.frames().get(0));
            assertThat(all.present()).isEqualTo(own.present());
            for (int token = 0; token < single.tokens(); token++) {
                assertThat(all.values(token, channel)).isEqualTo(own.values(token, 0));
                assertThat(all.observed(token, channel)).isEqualTo(own.observed(token, 0));
                assertThat(all.movement(token, channel)).isEqualTo(own.movement(token, 0));
            }
        }
    }

    /** What the encoder wrote. */
    private record Encoded(
            ForecastSpec spec,
            List<Frame> frames,
            float[] values,
            float[] observed,
            float[] features,
            float[] present) {
        static Encoded of(ForecastSpec spec, SeriesContext context) {
            float[] values = new float[spec.tokens() * spec.tokenValues()];
            float[] observed = new float[values.length];
            float[] features = new float[spec.tokens() * spec.tokenFeatures()];
            float[] present = new float[spec.tokens()];
            List<Frame> frames =
                    new TokenEncoder(spec)
                            .encode(
                                    context,
                                    FloatBuffer.wrap(values),
                                    FloatBuffer.wrap(observed),
                                    FloatBuffer.wrap(features),
                                    FloatBuffer.wrap(present));
            return new Encoded(spec, frames, values, observed, features, present);
        }

        float[] values(int token, int channel) {
            return patch(values, token, channel);
        }

        float[] observed(int token, int channel) {
            return patch(observed, token, channel);
        }

        private float[] patch(float[] all, int token, int channel) {
            int from = token * spec.tokenValues() + channel * spec.network().patchLength();
            return Arrays.copyOfRange(all, from, from + spec.network().patchLength());
        }

        float[] movement(int token, int channel) {
            int from = token * spec.tokenFeatures() + 2 * channel;
            return Arrays.copyOfRange(features, from, from + 2);
        }
    }

    @Property(tries = 200)
    void theBinaryFormHoldsEverything(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int contextLength,
            @ForAll @IntRange(min = 2, max = 4) int channels)
            throws IOException {
        SortedMap<Long, double[]> stream = stream(30, channels, new Random(seed));
        SeriesContext context = context(contextLength, channels);
        stream.forEach(context::update);

        SeriesContext back = StoredContext.reopened(context);

        double[] next = new double[channels];
        Arrays.fill(next, 7);
        for (SeriesContext other : List.of(back, context.copy())) {
            assertThat(StoredContext.of(other)).isEqualTo(StoredContext.of(context));
            assertThat(other.observedTicks()).isEqualTo(context.observedTicks());
            SeriesContext same = context.copy();
            assertThat(other.update(other.headTick() + 2, next))
                    .isEqualTo(same.update(same.headTick() + 2, next));
            assertThat(StoredContext.of(other)).isEqualTo(StoredContext.of(same));
            for (int channel = 0; channel < channels; channel++) {
                assertThat(other.observedTicks(channel)).isEqualTo(same.observedTicks(channel));
            }
        }
    }
}
