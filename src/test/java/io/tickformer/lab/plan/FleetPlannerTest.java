package io.tickformer.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.console.UserError;
import io.tickformer.lab.plan.FleetInputs.ContextCosts;
import io.tickformer.lab.plan.FleetNeeds.Compute;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FleetPlannerTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    /** 10 µs from the cache, 100 µs without, 20 µs for the rest; 1,000 bytes each. */
    private static final ContextCosts COSTS = new ContextCosts(10, 100, 20, 1_000, 500);

    @Test
    void aFleetWithRoomForAllItsSeriesComputesFromTheCache() {
        FleetNeeds needs = FleetPlanner.plan(inputs(600_000, 1, 1, FleetInputs.ROOM_FOR_ALL, 0));

        // 600,000 a minute are 10,000 a second, of 30 µs each.
        assertThat(needs.forecastsPerSecond()).isCloseTo(10_000, ROUNDING);
        Compute compute = needs.compute();
        assertThat(compute.hitRate()).isEqualTo(1);
        assertThat(compute.micros()).isCloseTo(30, ROUNDING);
        assertThat(compute.cores()).isCloseTo(0.3, ROUNDING);
        // 0.3 / 0.5 is less than one slot.
        assertThat(compute.slots()).isEqualTo(1);
        assertThat(compute.taskManagers()).isEqualTo(1);
        assertThat(compute.cacheBytes()).isEqualTo(600_000_000);
        assertThat(needs.cacheBytesForAll()).isEqualTo(600_000_000);
        assertThat(needs.load()).isNaN();
    }

    @Test
    void theHitRateIsTheShareOfSeriesThatHaveRoom() {
        FleetNeeds needs = FleetPlanner.plan(inputs(6_000_000, 1, 1, 1_500_000_000L, 0));

        // 1,500,000 of 6,000,000 fit: 0.25 x 10 + 0.75 x 100 + 20 µs; 100,000 a second.
        Compute compute = needs.compute();
        assertThat(compute.hitRate()).isCloseTo(0.25, ROUNDING);
        assertThat(compute.micros()).isCloseTo(97.5, ROUNDING);
        assertThat(compute.cores()).isCloseTo(9.75, ROUNDING);
        // 9.75 / 0.5 = 19.5, in TaskManagers of 4.
        assertThat(compute.slots()).isEqualTo(20);
        assertThat(compute.taskManagers()).isEqualTo(5);
    }

    @Test
    void stateAndCheckpointsFollowTheContexts() {
        FleetNeeds needs = FleetPlanner.plan(inputs(600_000, 1, 1, FleetInputs.ROOM_FOR_ALL, 0));

        assertThat(needs.stateBytes()).isEqualTo(300_000_000);
        // Every 10 s; within them a sixth of the series tick.
        assertThat(needs.checkpointBytesPerSecond()).isCloseTo(30_000_000, ROUNDING);
        assertThat(needs.incrementalBytesPerSecond()).isCloseTo(5_000_000, within(1e-6));
    }

    @Test
    void trafficIsThatOfRecordsInAndForecastsOut() {
        FleetNeeds needs = FleetPlanner.plan(inputs(6_000_000, 10, 1, FleetInputs.ROOM_FOR_ALL, 0));

        // Ten values a record: 10,000 records of 50 bytes in; 100,000 of 2,000 bytes out.
        assertThat(needs.input().recordsPerSecond()).isCloseTo(10_000, ROUNDING);
        assertThat(needs.input().bytesPerSecond()).isCloseTo(500_000, within(1e-6));
        assertThat(needs.output().bytesPerSecond()).isCloseTo(200_000_000, within(1e-6));
        // 200 MB/s at 10 MB/s a partition; the job has 6 slots.
        assertThat(needs.compute().slots()).isEqualTo(6);
        assertThat(needs.partitions()).isEqualTo(20);
    }

    @Test
    void aModelThatMixesChannelsComputesThemAtOnce() {
        FleetNeeds needs = FleetPlanner.plan(inputs(600_000, 3, 3, FleetInputs.ROOM_FOR_ALL, 0));

        // 200,000 contexts a minute of 10 µs, and 20 µs for each of three forecasts.
        assertThat(needs.compute().micros()).isCloseTo(70 / 3.0, ROUNDING);
        assertThat(needs.compute().cores()).isCloseTo(200_000 / 60.0 * 70e-6, ROUNDING);
        assertThat(needs.cacheBytesForAll()).isEqualTo(200_000_000);
        assertThat(needs.stateBytes()).isEqualTo(100_000_000);
    }

    @Test
    void coresThatAreGivenAreJudged() {
        FleetNeeds needs = FleetPlanner.plan(inputs(6_000_000, 1, 1, 0, 20));

        // 100,000 a second of 120 µs keep 12 cores busy.
        assertThat(needs.load()).isCloseTo(0.6, ROUNDING);
    }

    @Test
    void memoryIsWeighedAgainstProcessors() {
        FleetNeeds needs = FleetPlanner.plan(inputs(6_000_000, 1, 1, FleetInputs.ROOM_FOR_ALL, 0));

        assertThat(needs.choices())
                .extracting(Compute::hitRate)
                .containsExactly(0.0, 0.1, 0.25, 0.5, 0.75, 1.0);
        // From 12 cores of 120 µs to 3 of 30 µs, busy for a half.
        assertThat(needs.choices())
                .extracting(Compute::slots)
                .containsExactly(24L, 23L, 20L, 15L, 11L, 6L);
    }

    @Test
    void aModelThatKeepsNothingHasNoCacheToWeigh() {
        FleetInputs inputs =
                inputs(
                        600_000,
                        1,
                        1,
                        FleetInputs.ROOM_FOR_ALL,
                        0,
                        new ContextCosts(100, 100, 20, 0, 500));

        FleetNeeds needs = FleetPlanner.plan(inputs);

        assertThat(needs.compute().hitRate()).isZero();
        assertThat(needs.compute().micros()).isCloseTo(120, ROUNDING);
        assertThat(needs.choices()).hasSize(1);
    }

    @Test
    void aHundredMillionSeriesOverflowNothing() {
        FleetNeeds needs =
                FleetPlanner.plan(inputs(100_000_000, 1, 1, FleetInputs.ROOM_FOR_ALL, 0));

        assertThat(needs.stateBytes()).isEqualTo(50_000_000_000L);
        assertThat(needs.compute().slots()).isEqualTo(100);
    }

    @Test
    void moreSeriesThanArePlannedForAreRefused() {
        assertThatThrownBy(() -> inputs(100_000_001, 1, 1, 0, 0))
                .isInstanceOf(UserError.class)
                .hasMessage("--series is 100000001; expected 1 to 100000000");
    }

    private static FleetInputs inputs(
            long series, int values, int channels, long cacheBytes, int cores) {
        return inputs(series, values, channels, cacheBytes, cores, COSTS);
    }

    private static FleetInputs inputs(
            long series, int values, int channels, long cacheBytes, int cores, ContextCosts costs) {
        return new FleetInputs(
                series,
                Duration.ofMinutes(1),
                values,
                channels,
                costs,
                cacheBytes,
                4,
                cores,
                0.5,
                Duration.ofSeconds(10),
                50,
                2_000,
                10_000_000);
    }
}
