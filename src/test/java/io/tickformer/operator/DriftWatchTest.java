package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.serialization.ForecastEventSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

// Flink declares that closing a harness may throw anything.
@SuppressWarnings("try")
final class DriftWatchTest {
    private static final long TICK_MILLIS = 60_000;
    private static final int SERIES = 20;

    private static KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> open(
            OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new DriftWatch(TICK_MILLIS)),
                        report -> 0,
                        Types.INT);
        harness.setup(ForecastEventSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static long end(long tick) {
        return (tick + 1) * TICK_MILLIS - 1;
    }

    /** The reports of both subtasks on a tick, of which the second may come first. */
    private static void tick(
            KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness,
            long tick,
            int degraded)
            throws Exception {
        DriftReport one = new DriftReport(tick, SERIES / 2, degraded / 2, SERIES / 2.0);
        DriftReport other =
                new DriftReport(tick, SERIES / 2, degraded - degraded / 2, SERIES / 2.0);
        harness.processElement(tick % 2 == 0 ? one : other, end(tick));
        harness.processElement(tick % 2 == 0 ? other : one, end(tick));
        harness.processWatermark(end(tick));
    }

    private static int degraded(long tick) {
        return tick >= 200 && tick < 260 ? 15 : 0;
    }

    @Test
    void aDriftOfManySeriesBeginsAndEnds() throws Exception {
        List<ForecastEvent> events;
        try (KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness =
                open(null)) {
            for (long tick = 0; tick < 320; tick++) {
                tick(harness, tick, degraded(tick));
            }
            events = harness.extractOutputValues();
        }

        assertThat(events)
                .extracting(ForecastEvent::kind)
                .containsExactly(ForecastEventKind.DRIFT_BEGAN, ForecastEventKind.DRIFT_ENDED);
        assertThat(events.get(0).series()).isEmpty();
        assertThat(events.get(0).tickIndex()).isBetween(200L, 205L);
        assertThat(events.get(0).evidence())
                .containsEntry("series", 20.0)
                .containsEntry("degraded", 15.0);
        assertThat(events.get(0).text()).contains("15 of 20 series");
        assertThat(events.get(1).tickIndex()).isBetween(260L, 265L);
    }

    @Test
    void aRestartInMidStreamChangesNoEvent() throws Exception {
        List<ForecastEvent> events = new ArrayList<>();
        OperatorSubtaskState state;
        try (KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness =
                open(null)) {
            for (long tick = 0; tick < 202; tick++) {
                tick(harness, tick, degraded(tick));
            }
            // A report of the next tick waits for the watermark.
            harness.processElement(new DriftReport(202, SERIES, 15, SERIES), end(202));
            state = harness.snapshot(1, 0);
            events.addAll(harness.extractOutputValues());
        }
        try (KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness =
                open(state)) {
            harness.processWatermark(end(202));
            for (long tick = 203; tick < 320; tick++) {
                tick(harness, tick, degraded(tick));
            }
            events.addAll(harness.extractOutputValues());
        }

        assertThat(events)
                .extracting(ForecastEvent::kind)
                .containsExactly(ForecastEventKind.DRIFT_BEGAN, ForecastEventKind.DRIFT_ENDED);
    }

    @Test
    void aReportBehindTheWatermarkIsLeftOut() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<Integer, DriftReport, ForecastEvent> harness =
                open(null)) {
            for (long tick = 0; tick < 300; tick++) {
                tick(harness, tick, 0);
                harness.processElement(new DriftReport(tick, 1000, 1000, 1000), end(tick));
            }

            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }
}
