package io.tickformer.inference.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.SideBySide;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which series keep an entry, seen from outside: by what a micro-batch tells of its cache. */
final class CacheAdmissionTest {
    /** P = 2. */
    private static final ForecastSpec SPEC = TestModels.STREAMING;

    private static final ForecastModel MODEL =
            ForecastModel.open(TestModels.transformer(SPEC, 5), ExecutionProvider.CPU);

    private final Map<String, SeriesContext> contexts = new HashMap<>();

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static MicroBatch batch(int capacity, int entries) {
        return MODEL.newIncrementalMicroBatch(
                capacity, ForecastSelection.ALL, SideBySide.roomFor(SPEC, entries));
    }

    private void add(MicroBatch batch, String series, long tick) {
        if (batch.isFull()) {
            run(batch);
        }
        SeriesContext context = contexts.computeIfAbsent(series, key -> SeriesContext.of(SPEC));
        context.update(tick, (double) (tick % 7));
        batch.add(series, context);
    }

    private static void run(MicroBatch batch) {
        batch.run();
        batch.clear();
    }

    private void tick(MicroBatch batch, long tick, String... series) {
        for (String each : series) {
            add(batch, each, tick);
        }
        run(batch);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "10, 5", "10, 9", "40, 10", "40, 39", "100, 30", "7, 7", "3, 20"})
    void aCyclicScanHitsAsManySeriesAsThereAreSlots(int series, int entries) {
        List<String> order = series(series);
        Random random = new Random(1);
        try (MicroBatch batch = batch(16, entries)) {
            for (long tick = 0; tick < 20; tick++) {
                scan(batch, tick, order);
            }
            CacheStatistics warm = batch.cache();
            for (long tick = 20; tick < 60; tick++) {
                swapSomeNeighbours(order, random);
                scan(batch, tick, order);
            }
            CacheStatistics end = batch.cache();

            double hits = (double) (end.hits() - warm.hits()) / (40 * series);
            assertThat(hits).isGreaterThanOrEqualTo(0.9 * Math.min(1, (double) entries / series));
            assertThat(end.series()).isEqualTo(Math.min(series, entries));
        }
    }

    private static List<String> series(int count) {
        List<String> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            series.add("series" + i);
        }
        return series;
    }

    private void scan(MicroBatch batch, long tick, List<String> order) {
        order.forEach(series -> add(batch, series, tick));
        run(batch);
    }

    private static void swapSomeNeighbours(List<String> order, Random random) {
        for (int i = 1; i < order.size(); i++) {
            if (random.nextInt(4) == 0) {
                Collections.swap(order, i - 1, i);
            }
        }
    }

    @Test
    void whatCameOfEverySeriesAddsUp() {
        List<String> order = series(9);
        try (MicroBatch batch = batch(4, 6)) {
            for (long tick = 0; tick < 30; tick++) {
                scan(batch, tick, order);
            }
            CacheStatistics cache = batch.cache();

            assertThat(cache.capacity()).isEqualTo(6);
            assertThat(cache.series()).isEqualTo(6);
            assertThat(cache.bytesPerSeries()).isEqualTo(MODEL.cacheBytesPerSeries());
            assertThat(cache.hits() + cache.misses()).isEqualTo(30 * 9);
            assertThat(cache.hitRate() + cache.missRate()).isEqualTo(1, within(1e-12));
            assertThat(cache.catchUps()).isZero();
            assertThat(cache.evictions()).isZero();
        }
    }

    @Test
    void theSameStreamLeavesTheSameSeriesInTheCache() {
        List<CacheStatistics> statistics = new ArrayList<>();
        for (int repetition = 0; repetition < 2; repetition++) {
            contexts.clear();
            Random random = new Random(3);
            try (MicroBatch batch = batch(8, 10)) {
                for (long tick = 0; tick < 100; tick++) {
                    for (String series : series(25)) {
                        if (random.nextInt(3) > 0) {
                            add(batch, series, tick);
                        }
                    }
                    run(batch);
                }
                statistics.add(batch.cache());
            }
        }

        assertThat(statistics.get(0).evictions()).isPositive();
        assertThat(statistics.get(1)).isEqualTo(statistics.get(0));
    }

    @Test
    void aSilentSeriesGivesWay() {
        try (MicroBatch batch = batch(4, 2)) {
            for (long tick = 0; tick < 10; tick++) {
                tick(batch, tick, "talks", "silent", "waits");
            }
            assertThat(batch.cache().evictions()).isZero();
            for (long tick = 10; tick < 20; tick++) {
                tick(batch, tick, "talks", "waits");
            }
            CacheStatistics cache = batch.cache();

            assertThat(cache.evictions()).isEqualTo(1);
            assertThat(cache.series()).isEqualTo(2);
            tick(batch, 20, "talks", "waits");
            assertThat(batch.cache().hits()).isEqualTo(cache.hits() + 2);
        }
    }

    @Test
    void aSeriesThatTicksMoreThanTwiceAsOftenGetsTheSlot() {
        try (MicroBatch batch = batch(4, 1)) {
            for (long tick = 0; tick < 30; tick += 3) {
                tick(batch, tick, "seldom");
            }
            // Six ticks of the eighteen in the ring are observed.
            assertThat(contexts.get("seldom").observedTicks()).isEqualTo(6);
            for (long tick = 20; tick < 32; tick++) {
                tick(batch, tick, "often");
            }
            assertThat(batch.cache().evictions()).isZero();
            tick(batch, 32, "often");

            assertThat(batch.cache().evictions()).isEqualTo(1);
        }
    }

    @Test
    void aSeriesThatTicksAsOftenDoesNotGetTheSlot() {
        try (MicroBatch batch = batch(4, 1)) {
            for (long tick = 0; tick < 40; tick++) {
                tick(batch, tick, "first", "second");
            }

            assertThat(batch.cache().evictions()).isZero();
            assertThat(batch.cache().hits()).isEqualTo(40);
        }
    }

    @Test
    void aSeriesThatIsStillToBeComputedKeepsItsSlot() {
        try (MicroBatch batch = batch(4, 1)) {
            add(batch, "pending", 0);
            add(batch, "later", 50);
            assertThat(batch.cache().evictions()).isZero();
            run(batch);
            add(batch, "later", 51);

            assertThat(batch.cache().evictions()).isEqualTo(1);
        }
    }

    @Test
    void whatIsKeptOfASeriesIsForgottenButNotItsSlot() {
        try (MicroBatch batch = batch(4, 1)) {
            for (long tick = 0; tick < 20; tick++) {
                tick(batch, tick, "series");
            }
            CacheStatistics before = batch.cache();
            batch.forget("series");
            batch.forget("unknown");
            tick(batch, 20, "series");
            tick(batch, 21, "series");
            CacheStatistics after = batch.cache();
            tick(batch, 22, "series");

            // One of each phase.
            assertThat(after.misses()).isEqualTo(before.misses() + 2);
            assertThat(after.series()).isEqualTo(1);
            assertThat(batch.cache().hits()).isEqualTo(before.hits() + 1);
        }
    }
}
