package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine leaves to the garbage collector at every tick, the forecasts aside. */
final class GarbageTest {
    private static final int SERIES = 64;
    private static final int TICKS = 40;
    private static final int BYTES_A_FORECAST = 512;

    /** As the models that are served: three layers, a seasonal path, the calendar. */
    private static final ForecastSpec SPEC =
            TestSpecs.streaming(60_000, 8, 4, 24, 3, 32, 4, 64)
                    .withCalendarFeatures(List.of(CalendarFeature.DAY_OF_WEEK))
                    .withSeasonalPath(new SeasonalPath(12, 4));

    private static final ForecastModel MODEL =
            ForecastModel.open(TestModels.transformer(SPEC, 8), ExecutionProvider.CPU);

    private final List<SeriesContext> contexts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private long tick;

    GarbageTest() {
        for (int i = 0; i < SERIES; i++) {
            names.add("series" + i);
            contexts.add(SeriesContext.of(SPEC));
        }
    }

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static MicroBatch batch(int entries) {
        return MODEL.newIncrementalMicroBatch(
                SERIES, ForecastSelection.ALL, SideBySide.roomFor(SPEC, entries));
    }

    private void tick(MicroBatch batch) {
        for (int i = 0; i < SERIES; i++) {
            contexts.get(i).update(tick, (double) (tick % 12 + i));
        }
        tick++;
        for (int i = 0; i < SERIES; i++) {
            batch.add(names.get(i), contexts.get(i));
        }
        batch.run();
        batch.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SERIES / 2, SERIES})
    void aForecastLeavesLittleGarbage(int entries) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (MicroBatch batch = batch(entries)) {
            for (int i = 0; i < 3 * TICKS; i++) {
                tick(batch);
            }
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < TICKS; i++) {
                tick(batch);
            }
            long bytes = threads.getThreadAllocatedBytes(thread) - before;

            assertThat(bytes / (TICKS * SERIES)).isLessThan(BYTES_A_FORECAST);
        }
    }

    @Test
    void memoryOffHeapIsTakenOnce() {
        try (MicroBatch batch = batch(SERIES / 2)) {
            for (int i = 0; i < TICKS; i++) {
                tick(batch);
            }
            long before = directBytes();
            for (int i = 0; i < 5 * TICKS; i++) {
                tick(batch);
            }

            // Less where something else is freed meanwhile.
            assertThat(directBytes()).isLessThanOrEqualTo(before);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow()
                .getMemoryUsed();
    }
}
