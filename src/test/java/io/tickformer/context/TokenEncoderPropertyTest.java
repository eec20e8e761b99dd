package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.testing.TestSpecs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class TokenEncoderPropertyTest {

    /**
     * The token that ends at a tick is the same whenever it is looked at, while it is in the ring:
     * as the newest when its tick comes, and later as an older one. So no later tick can change it.
     */
    @Property(tries = 100)
    void aTokenIsTheSameFromItsOwnTickOn(
            @ForAll @IntRange(min = 1, max = 4) int patchLength,
            @ForAll @IntRange(min = 2, max = 5) int tokens,
            @ForAll @Size(60) List<@IntRange(min = 1, max = 3) Integer> steps,
            @ForAll @Size(60) List<@DoubleRange(min = -1e3, max = 1e3) Double> values) {
        ForecastSpec spec =
                TestSpecs.streaming(60_000, patchLength, tokens, 3, 1, 4, 1, 8)
                        .withNormalisation(new Normalisation(9, 4));
        SeriesContext context = SeriesContext.of(spec);
        TokenEncoder encoder = new TokenEncoder(spec);
        List<List<Float>> newestByTick = new ArrayList<>();
        long tick = 0;
        for (int i = 0; i < steps.size(); i++) {
            long next = i == 0 ? 0 : tick + steps.get(i);
            while (tick < next - 1) {
                tick++;
                context.advanceTo(tick);
                newestByTick.add(token(spec, encoder, context, spec.tokens() - 1));
            }
            if (context.isEmpty() && i > 0) {
                return;
            }
            tick = next;
            if (context.update(tick, values.get(i)) == ContextChange.STARTED && i > 0) {
                return;
            }
            newestByTick.add(token(spec, encoder, context, spec.tokens() - 1));
            for (int older = 0; older < spec.tokens(); older++) {
                long end = tick - (long) (spec.tokens() - 1 - older) * patchLength;
                if (end >= 0) {
                    assertThat(token(spec, encoder, context, older))
                            .isEqualTo(newestByTick.get((int) end));
                }
            }
        }
    }

    private static List<Float> token(
            ForecastSpec spec, TokenEncoder encoder, SeriesContext context, int token) {
        if (context.isEmpty()) {
            return List.of();
        }
        int patch = spec.network().patchLength();
        int features = spec.tokenFeatures();
        float[] values = new float[spec.contextLength()];
        float[] observed = new float[spec.contextLength()];
        float[] tokenFeatures = new float[spec.tokens() * features];
        float[] present = new float[spec.tokens()];
        encoder.encode(
                context,
                FloatBuffer.wrap(values),
                FloatBuffer.wrap(observed),
                FloatBuffer.wrap(tokenFeatures),
                FloatBuffer.wrap(present));
        List<Float> all = new ArrayList<>();
        for (int i = 0; i < patch; i++) {
            all.add(values[token * patch + i]);
            all.add(observed[token * patch + i]);
        }
        for (int i = 0; i < features; i++) {
            all.add(tokenFeatures[token * features + i]);
        }
        all.add(present[token]);
        return all;
    }
}
