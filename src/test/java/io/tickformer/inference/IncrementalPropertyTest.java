package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Incremental is full: whatever the network, the stream and the size of the cache. */
final class IncrementalPropertyTest {

    @Provide
    static Arbitrary<ForecastSpec> specs() {
        return IncrementalSpecs.any();
    }

    /** The first, one before the epoch, one of a stream of years, and far beyond any clock. */
    @Provide
    static Arbitrary<Long> starts() {
        return Arbitraries.of(0L, -53L, 10_000_000L, 1_000_000_000_000L, -1_000_000_000_000L);
    }

    @Property(tries = 60)
    void everyForecastEqualsTheFullOne(
            @ForAll("specs") ForecastSpec spec,
            @ForAll("starts") long start,
            @ForAll @IntRange(min = 1, max = 6) int series,
            @ForAll @IntRange(max = 7) int entries,
            @ForAll @IntRange(min = 1, max = 9) int capacity,
            @ForAll long seed) {
        try (ForecastModel model =
                        ForecastModel.open(
                                TestModels.transformer(spec, seed), ExecutionProvider.CPU);
                SideBySide forecasters = new SideBySide(model, capacity, entries)) {
            Random random = new Random(seed);
            new RandomStream(
                            random,
                            forecasters,
                            spec.network().patchLength(),
                            spec.contextLength(),
                            spec.channelCount(),
                            series,
                            entries)
                    .run(start, 150);
            // Each was held to it when it was made.
            assertThat(forecasters.largestDifference()).isLessThan(SideBySide.TOLERANCE);
        }
    }
}
