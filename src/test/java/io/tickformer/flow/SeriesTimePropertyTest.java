package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.LiveFeedbackSettings;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * Nobody's clock, partition or order of sending takes a reading or a forecast from anybody else:
 * whatever the order in which series come, each is forecast as if it were alone.
 */
final class SeriesTimePropertyTest {
    /** The forecasts of the model as they are, which are still scored. */
    private static final ForecastOperatorSettings UNCHANGED =
            ForecastOperatorSettings.DEFAULT.withFeedback(
                    LiveFeedbackSettings.DEFAULT.withParts(FeedbackSettings.NONE));

    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 77);
    private static final long TICK = TestModels.STREAMING.tickMillis();
    private static final int T = TestModels.STREAMING.contextLength();

    private static ForecastPipeline flow(Duration outOfOrderness, int readings) {
        ForecastOperatorSettings settings =
                UNCHANGED.withTicks(outOfOrderness, readings).withExpiryTicks(100_000);
        return ForecastPipeline.ofTested(MODEL, null, TestModels.STREAMING).withSettings(settings);
    }

    /** Readings of a series, some ticks with several and some without any, in order. */
    private static List<Observation> series(String key, long start, int ticks, long seed) {
        SplittableRandom random = new SplittableRandom(seed + key.hashCode());
        List<Observation> readings = new ArrayList<>();
        for (int tick = 0; tick < ticks; tick++) {
            int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3);
            List<Long> offsets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                offsets.add(random.nextLong(TICK));
            }
            offsets.sort(Comparator.naturalOrder());
            for (long offset : offsets) {
                long time = (start + tick) * TICK + offset;
                double value = 20 + 5 * Math.sin(0.3 * tick) + random.nextGaussian();
                readings.add(new Observation(key, time, value));
            }
        }
        return readings;
    }

    /** Sends readings through one partition whose watermark trails the latest event time. */
    private static void send(FlowHarness flow, List<Observation> stream, long outOfOrderness)
            throws Exception {
        send(flow, stream, outOfOrderness, Long.MIN_VALUE);
    }

    private static void send(
            FlowHarness flow, List<Observation> stream, long outOfOrderness, long latestBefore)
            throws Exception {
        long latest = latestBefore;
        for (Observation reading : stream) {
            flow.reading(reading);
            if (reading.eventTimeMillis() > latest) {
                latest = reading.eventTimeMillis();
                flow.watermark(latest - outOfOrderness - 1);
            }
        }
    }

    private static void assertForecastAsAlone(FlowHarness flow, List<List<Observation>> all)
            throws Exception {
        List<Forecast> issued = flow.forecasts();
        Map<String, Long> newest = new HashMap<>();
        for (Forecast each : issued) {
            Long before = newest.put(each.series(), each.tickIndex());
            assertThat(before == null || before < each.tickIndex())
                    .as("%s in order of its ticks", each.series())
                    .isTrue();
        }
        List<Observation> readings = new ArrayList<>();
        all.forEach(readings::addAll);
        List<Tick> ticks = ExpectedForecasts.ticks(readings, TICK);
        ExpectedForecasts.assertEqual(
                ExpectedForecasts.sorted(issued), ExpectedForecasts.of(ticks, MODEL));
        assertThat(flow.tooOld()).isEmpty();
    }

    @Property(tries = 25)
    void clocksThatAreAheadOrBehindTakeNothingFromAnybody(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 0, max = 150) int outOfOrdernessSeconds)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        long outOfOrderness = outOfOrdernessSeconds * 1000L;
        List<List<Observation>> all = new ArrayList<>();
        Map<Observation, Long> sentAt = new HashMap<>();
        for (int s = 0; s < 4; s++) {
            // Whole clocks that are wrong, up to some hundred ticks either way; some are right.
            // None is just about as late as the watermark, where half of its readings would be in
            // time; and none is silent for as long as clocks are apart, as a watermark that leaps
            // when it speaks again closes what the others are at.
            long steps = random.nextInt(3) == 0 ? 0 : random.nextLong(-20, 21);
            long offset = steps == 0 ? 0 : steps * (outOfOrderness + 12 * TICK);
            List<Observation> right = series("s" + s, 1_000, 40, seed);
            List<Observation> shifted = new ArrayList<>();
            for (Observation reading : right) {
                Observation wrong =
                        new Observation(
                                reading.series(),
                                reading.eventTimeMillis() + offset,
                                reading.value());
                shifted.add(wrong);
                sentAt.put(wrong, reading.eventTimeMillis());
            }
            all.add(shifted);
        }
        List<Observation> stream = new ArrayList<>();
        all.forEach(stream::addAll);
        stream.sort(Comparator.comparing(sentAt::get));

        // The stream is under way: the clock that is furthest ahead has moved the watermark.
        long furthest =
                stream.stream()
                        .mapToLong(each -> each.eventTimeMillis() - sentAt.get(each))
                        .max()
                        .orElseThrow();
        long latest = 1_000 * TICK + furthest - 1;
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofMillis(outOfOrderness), 0))) {
            flow.watermark(latest - outOfOrderness - 1);
            send(flow, stream, outOfOrderness, latest);
            flow.end();
            assertForecastAsAlone(flow, all);
        }
    }

    @Property(tries = 20)
    void seriesThatAreReadAtTheirOwnPaceTakeNothingFromAnybody(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Observation>> all = new ArrayList<>();
        List<Integer> next = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            all.add(series("s" + s, 1_000 + random.nextInt(30), 40, seed));
            next.add(0);
        }
        List<Observation> stream = new ArrayList<>();
        while (true) {
            List<Integer> left = new ArrayList<>();
            for (int s = 0; s < 4; s++) {
                if (next.get(s) < all.get(s).size()) {
                    left.add(s);
                }
            }
            if (left.isEmpty()) {
                break;
            }
            // Some ticks of one series, whole: what is cut off in the middle revises its tick.
            int chosen = left.get(random.nextInt(left.size()));
            List<Observation> own = all.get(chosen);
            long until = FlowHarness.tick(own.get(next.get(chosen)), TICK) + random.nextInt(20);
            while (next.get(chosen) < own.size()
                    && FlowHarness.tick(own.get(next.get(chosen)), TICK) <= until) {
                stream.add(own.get(next.get(chosen)));
                next.set(chosen, next.get(chosen) + 1);
            }
        }

        try (FlowHarness flow = FlowHarness.open(flow(Duration.ZERO, 0))) {
            send(flow, stream, 0);
            flow.end();
            assertForecastAsAlone(flow, all);
        }
    }

    @Property(tries = 40)
    void partitionsReadAtTheirOwnPaceWithReadingsOutOfOrderTakeNothingFromAnybody(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 6) int outOfOrderTicks,
            @ForAll @IntRange(min = 1, max = 30) int pace)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        long outOfOrderness = outOfOrderTicks * TICK;
        List<List<Observation>> all = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            Map<Observation, Long> sentAt = new HashMap<>();
            List<Observation> readings = series("s" + s, 1_000, 60, seed);
            for (Observation each : readings) {
                boolean late = random.nextInt(4) == 0;
                sentAt.put(
                        each,
                        each.eventTimeMillis() + (late ? random.nextLong(outOfOrderness) : 0));
            }
            readings.sort(Comparator.comparing(sentAt::get));
            all.add(readings);
        }

        // Each series in a partition of its own; the watermark is that of the slowest partition.
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofMillis(outOfOrderness), 0))) {
            int[] next = new int[4];
            long[] latest = new long[4];
            List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
            while (!left.isEmpty()) {
                int chosen = left.get(random.nextInt(left.size()));
                List<Observation> own = all.get(chosen);
                int until = Math.min(own.size(), next[chosen] + 1 + random.nextInt(pace));
                while (next[chosen] < until) {
                    Observation reading = own.get(next[chosen]++);
                    flow.reading(reading);
                    latest[chosen] = Math.max(latest[chosen], reading.eventTimeMillis());
                    long slowest = Arrays.stream(latest).min().orElseThrow();
                    if (slowest > 0) {
                        flow.watermark(slowest - outOfOrderness - 1);
                    }
                }
                if (until == own.size()) {
                    left.remove((Integer) chosen);
                }
            }
            flow.end();
            assertForecastAsAlone(flow, all);
        }
    }

    @Test
    void anUploadSortedBySeriesIsForecastWholeAndHoldsHardlyAnything() throws Exception {
        List<List<Observation>> all = new ArrayList<>();
        List<Observation> stream = new ArrayList<>();
        for (int s = 0; s < 5; s++) {
            all.add(series("s" + s, 1_000, 300, 7));
            stream.addAll(all.get(s));
        }
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofSeconds(10), 0))) {
            send(flow, stream, 10_000);
            // Without the end of the input: all but the newest ticks of each series.
            assertThat(flow.forecasts()).hasSizeGreaterThan(5 * 260);
            assertThat(flow.openWindows()).isLessThan(20);
            flow.end();
            assertForecastAsAlone(flow, all);
        }
    }

    @Test
    void aDeviceAheadAndOneBehindAreForecastInTheirOwnTime() throws Exception {
        long minutes40 = 40 * 60_000L;
        List<Observation> right = series("right", 1_000, 60, 3);
        List<Observation> stream = new ArrayList<>();
        for (Observation each : right) {
            stream.add(new Observation("ahead", each.eventTimeMillis() + minutes40, each.value()));
            stream.add(each);
            stream.add(new Observation("behind", each.eventTimeMillis() - minutes40, each.value()));
        }
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofSeconds(10), 0))) {
            send(flow, stream, 10_000);

            Map<String, Long> counts = new HashMap<>();
            flow.forecasts().forEach(each -> counts.merge(each.series(), 1L, Long::sum));
            long ticks =
                    right.stream()
                            .mapToLong(each -> FlowHarness.tick(each, TICK))
                            .distinct()
                            .count();
            assertThat(counts.get("ahead")).isGreaterThanOrEqualTo(ticks - 3);
            assertThat(counts.get("right")).isGreaterThanOrEqualTo(ticks - 3);
            assertThat(counts.get("behind")).isGreaterThanOrEqualTo(ticks - 3);
        }
    }

    @Test
    void aTickWithItsNumberOfReadingsIsForecastAtOnce() throws Exception {
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofMinutes(10), 2))) {
            flow.watermark(1_000 * TICK - 1);
            flow.reading(new Observation("a", 1_000 * TICK, 1));
            assertThat(flow.forecasts()).isEmpty();
            flow.reading(new Observation("a", 1_000 * TICK + 5, 3));
            assertThat(flow.forecasts()).hasSize(1);
            flow.reading(new Observation("a", 1_001 * TICK, 1));
            flow.reading(new Observation("a", 1_001 * TICK + 7, 2));
            assertThat(flow.forecasts()).hasSize(2);
        }
    }

    @Test
    void aTickThatLacksAReadingIsForecastBeforeTheNextOneThatIsWhole() throws Exception {
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofMinutes(10), 2))) {
            flow.watermark(1_000 * TICK - 1);
            flow.reading(new Observation("a", 1_000 * TICK, 1));
            flow.reading(new Observation("a", 1_001 * TICK, 1));
            assertThat(flow.forecasts()).isEmpty();
            flow.reading(new Observation("a", 1_001 * TICK + 7, 2));
            assertThat(flow.forecasts())
                    .extracting(Forecast::tickIndex)
                    .containsExactly(1_000L, 1_001L);
        }
    }

    @Test
    void aTickThatLacksAReadingIsForecastOnceTheWatermarkPassesItsEnd() throws Exception {
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ofMinutes(10), 2))) {
            flow.watermark(1_000 * TICK - 1);
            flow.reading(new Observation("a", 1_000 * TICK, 1));
            flow.watermark(1_001 * TICK - 2);
            assertThat(flow.forecasts()).isEmpty();
            flow.watermark(1_001 * TICK - 1);
            assertThat(flow.forecasts()).extracting(Forecast::tickIndex).containsExactly(1_000L);
        }
    }

    @Test
    void aTickWithItsNumberOfReadingsIsForecastAtOnceFarFromTheWatermarkToo() throws Exception {
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ZERO, 2))) {
            flow.watermark(1_000 * TICK - 1);
            for (int tick = 0; tick < 5; tick++) {
                flow.reading(new Observation("ahead", (1_500 + tick) * TICK, 1));
                flow.reading(new Observation("ahead", (1_500 + tick) * TICK + 5, 3));
                flow.reading(new Observation("behind", (500 + tick) * TICK, 1));
                flow.reading(new Observation("behind", (500 + tick) * TICK + 5, 3));
            }
            assertThat(flow.forecasts()).hasSize(10);
        }
    }

    @Test
    void aSeriesBehindWithOneReadingATickKeepsItsContextAndIsNotSilent() throws Exception {
        for (TickAggregate aggregate : List.of(TickAggregate.MEAN, TickAggregate.COUNT)) {
            byte[] model =
                    TestModels.transformer(
                            TestModels.STREAMING.withTickMeaning(TickMeaning.of(aggregate)), 77);
            ForecastOperatorSettings settings = UNCHANGED.withTicks(Duration.ZERO, 1);
            ForecastPipeline flow = ForecastPipeline.of(model).withSettings(settings);
            List<Tick> ticks = new ArrayList<>();
            try (FlowHarness harness = FlowHarness.open(flow)) {
                harness.watermark(50_000 * TICK - 1);
                for (int i = 0; i < 3 * T; i++) {
                    harness.reading(new Observation("behind", (500 + i) * TICK, 1));
                    ticks.add(new Tick("behind", 500 + i, 1));
                    harness.watermark((50_001 + i) * TICK - 1);
                }
                ExpectedForecasts.assertEqual(
                        harness.forecasts(), ExpectedForecasts.of(ticks, model));
            }
        }
    }

    @Test
    void aSeriesBehindThatFallsQuietIsForecastOnceTheWatermarkHasMovedOn() throws Exception {
        try (FlowHarness flow = FlowHarness.open(flow(Duration.ZERO, 0))) {
            flow.watermark(1_000 * TICK - 1);
            flow.reading(new Observation("behind", 500 * TICK, 1));
            flow.watermark(1_001 * TICK);
            // A leap is no longer silence than a step.
            flow.watermark(1_050 * TICK);
            assertThat(flow.forecasts()).isEmpty();
            flow.watermark(1_051 * TICK);
            assertThat(flow.forecasts()).extracting(Forecast::tickIndex).containsExactly(500L);
        }
    }

    @Test
    void aCheckpointInTheMiddleChangesNothing() throws Exception {
        List<List<Observation>> all =
                List.of(
                        series("a", 1_100, 40, 1),
                        series("b", 1_000, 40, 1),
                        series("c", 900, 40, 1));
        List<Observation> stream = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (List<Observation> each : all) {
                if (i < each.size()) {
                    stream.add(each.get(i));
                }
            }
        }
        int half = stream.size() / 2;
        ForecastPipeline flow = flow(Duration.ofSeconds(10), 0);
        List<Forecast> issued = new ArrayList<>();
        FlowHarness.Checkpoint checkpoint;
        long latest;
        try (FlowHarness before = FlowHarness.open(flow)) {
            send(before, stream.subList(0, half), 10_000);
            checkpoint = before.checkpoint(1);
            issued.addAll(before.forecasts());
            latest =
                    stream.subList(0, half).stream()
                            .mapToLong(Observation::eventTimeMillis)
                            .max()
                            .orElseThrow();
        }
        try (FlowHarness after = FlowHarness.open(flow, checkpoint)) {
            after.watermark(latest - 10_001);
            send(after, stream.subList(half, stream.size()), 10_000, latest);
            after.end();
            issued.addAll(after.forecasts());
        }
        List<Observation> readings = new ArrayList<>();
        all.forEach(readings::addAll);
        ExpectedForecasts.assertEqual(
                ExpectedForecasts.sorted(issued),
                ExpectedForecasts.of(ExpectedForecasts.ticks(readings, TICK), MODEL));
    }

    @Test
    void everyEmptyTickOfASeriesThatLivesIsForecastWhereItHasAValue() throws Exception {
        byte[] counts =
                TestModels.transformer(
                        TestModels.STREAMING.withTickMeaning(TickMeaning.of(TickAggregate.COUNT)),
                        77);
        SplittableRandom random = new SplittableRandom(5);
        List<Observation> stream = new ArrayList<>();
        for (int tick = 0; tick < 200; tick++) {
            if (random.nextInt(5) == 0) {
                stream.add(new Observation("rare", (1_000 + tick) * TICK + 7, 3));
            }
            // Somebody else whose events move the watermark.
            stream.add(new Observation("often", (1_000 + tick) * TICK + 9, 3));
        }
        ForecastOperatorSettings settings = UNCHANGED.withTicks(Duration.ZERO, 0);
        ForecastPipeline flow = ForecastPipeline.of(counts).withSettings(settings);
        try (FlowHarness harness = FlowHarness.open(flow)) {
            send(harness, stream, 0);

            List<Forecast> issued = harness.forecasts();
            long first = FlowHarness.tick(stream.get(0), TICK);
            List<Tick> ticks = new ArrayList<>();
            for (Observation each : stream) {
                ticks.add(new Tick(each.series(), FlowHarness.tick(each, TICK), 1));
            }
            // The last tick of all has not ended.
            List<Forecast> expected = new ArrayList<>(ExpectedForecasts.of(ticks, counts));
            expected.removeIf(each -> each.tickIndex() >= 1_199);
            List<Forecast> upToTheLast = new ArrayList<>(issued);
            long lastRare =
                    stream.stream()
                            .filter(each -> each.series().equals("rare"))
                            .mapToLong(each -> FlowHarness.tick(each, TICK))
                            .max()
                            .orElseThrow();
            // Offline there are no empty ticks after the last event; live they are forecast on.
            assertThat(issued)
                    .filteredOn(each -> each.series().equals("rare") && each.tickIndex() > lastRare)
                    .hasSize((int) (1_199 - lastRare - 1));
            upToTheLast.removeIf(
                    each -> each.series().equals("rare") && each.tickIndex() > lastRare);
            ExpectedForecasts.assertEqual(ExpectedForecasts.sorted(upToTheLast), expected);
            assertThat(first).isGreaterThanOrEqualTo(1_000);
        }
    }
}
