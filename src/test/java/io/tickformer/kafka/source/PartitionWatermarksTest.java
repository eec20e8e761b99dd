package io.tickformer.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.HandClock;
import io.tickformer.kafka.ShownWatermarks;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.Decoded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks of a minute, of which the clock ends what no record does. */
final class PartitionWatermarksTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long NOON = 500_004 * HOUR;
    private static final long PERIOD = 200;
    private static final long DISORDER = 10 * SECOND;

    private final HandClock clock = new HandClock(NOON);
    private final SubtaskActivity subtask = new SubtaskActivity(clock);
    private final ShownWatermarks shown = new ShownWatermarks();

    private PartitionWatermarks partition(Duration tick, Duration idleness) {
        return new PartitionWatermarks(
                new WatermarkSettings(
                        Duration.ofMillis(DISORDER), idleness, true, Duration.ZERO, tick),
                subtask,
                clock.activity());
    }

    private PartitionWatermarks partition() {
        return partition(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private void observe(PartitionWatermarks partition, long eventTime, long written) {
        partition.onEvent(
                new Decoded.Observed(new Observation("a", eventTime, 1), written),
                eventTime,
                shown);
    }

    private void pass(PartitionWatermarks partition, long millis) {
        for (long passed = 0; passed < millis; passed += PERIOD) {
            clock.advance(PERIOD);
            partition.onPeriodicEmit(shown);
        }
    }

    @Test
    void aTickIsOverTheOutOfOrdernessAfterItsEndThoughNobodySpeaksAgain() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON, clock.millis());
        pass(partition, MINUTE + DISORDER - PERIOD);
        assertThat(shown.watermark()).isLessThan(NOON + MINUTE - 1);
        pass(partition, 2 * PERIOD);
        assertThat(shown.watermark()).isGreaterThanOrEqualTo(NOON + MINUTE - 1);
        assertThat(shown.isIdle()).isFalse();
    }

    @Test
    void aMeterThatSendsAtTheEndOfItsHourWhatItStampsWithTheBeginningIsOverAtOnce() {
        PartitionWatermarks partition = partition(Duration.ofHours(1), Duration.ofMinutes(1));
        observe(partition, NOON - HOUR, clock.millis());
        assertThat(shown.watermark()).isLessThan(NOON - 1);
        pass(partition, DISORDER + SECOND);
        assertThat(shown.watermark()).isGreaterThanOrEqualTo(NOON - 1);
    }

    @Test
    void longAfterItsIdlenessAPartitionThatWasPromptIsStillMovedByTheClock() {
        PartitionWatermarks partition = partition(Duration.ofHours(1), Duration.ofMinutes(1));
        observe(partition, NOON, clock.millis());
        pass(partition, 3 * HOUR);
        assertThat(shown.isIdle()).isFalse();
        assertThat(shown.watermark()).isGreaterThanOrEqualTo(NOON + 2 * HOUR - 1);
    }

    @Test
    void aPartitionThatIsBehindIsNotMovedByTheClock() {
        PartitionWatermarks partition = partition();
        for (int i = 0; i < 600; i++) {
            long written = NOON - HOUR + i * SECOND;
            observe(partition, written, written);
            pass(partition, PERIOD);
            assertThat(shown.watermark()).isLessThanOrEqualTo(written);
        }
    }

    @Test
    void oneThatWasPausedIsNotMovedUntilItHasBeenReadAgain() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON, NOON);
        clock.pause(10 * MINUTE);
        pass(partition, SECOND - PERIOD);
        assertThat(shown.watermark()).isLessThan(NOON);
        pass(partition, SECOND);
        assertThat(shown.watermark()).isGreaterThan(NOON + 9 * MINUTE);
    }

    @Test
    void aPartitionThatWaitsForItsTurnBehindABusyOneIsNotMoved() {
        PartitionWatermarks quiet = partition();
        PartitionWatermarks busy = partition();
        observe(quiet, NOON, NOON);
        ShownWatermarks others = new ShownWatermarks();
        for (int i = 0; i < 300; i++) {
            for (int record = 0; record < 1000; record++) {
                busy.onEvent(
                        new Decoded.Observed(new Observation("b", NOON - HOUR, 1), NOON - HOUR),
                        NOON - HOUR,
                        others);
            }
            pass(quiet, PERIOD);
        }
        assertThat(shown.watermark()).isLessThan(NOON + MINUTE - 1 - DISORDER);
        pass(quiet, 3 * SECOND);
        assertThat(shown.watermark()).isGreaterThan(NOON);
    }

    @Test
    void theLastRecordsOfAYearAgoAreNotFollowedByTheClock() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON - 8760 * HOUR, NOON - 8760 * HOUR);
        pass(partition, 2 * MINUTE);
        assertThat(shown.watermark()).isLessThan(NOON - 8760 * HOUR);
        assertThat(shown.isIdle()).isTrue();
    }

    @Test
    void aPastThatIsSentNowIsEndedByItsOwnRecordsOnly() {
        PartitionWatermarks partition = partition();
        for (int hour = 0; hour < 1000; hour++) {
            long time = NOON - 8760 * HOUR + hour * HOUR;
            observe(partition, time, clock.millis());
            pass(partition, 30 * SECOND);
            assertThat(shown.watermark()).isLessThan(time);
            assertThat(shown.isIdle()).isFalse();
        }
    }

    @Test
    void aSteadilyLateSenderIsFollowedAtItsOwnDelayAndNobodyWaitsForIt() {
        PartitionWatermarks partition = partition();
        long delay = 5 * MINUTE;
        for (int i = 0; i < 200; i++) {
            long time = clock.millis() - delay;
            observe(partition, time, clock.millis());
            pass(partition, 2 * SECOND);
            assertThat(shown.watermark()).isLessThan(time);
        }
        long last = clock.millis() - delay - 2 * SECOND;
        long end = Math.floorDiv(last, MINUTE) * MINUTE + MINUTE;
        pass(partition, 3 * MINUTE);
        assertThat(shown.watermark()).isGreaterThanOrEqualTo(end - 1);
        assertThat(shown.isIdle()).isTrue();
    }

    @Test
    void aDeviceAheadOfItsTimeMovesNobodysWatermark() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON, NOON);
        observe(partition, NOON + 40 * MINUTE, NOON);
        assertThat(shown.watermark()).isLessThan(NOON);
        // Its Kafka timestamps are from the same clock.
        observe(partition, NOON + 40 * MINUTE, NOON + 40 * MINUTE);
        assertThat(shown.watermark()).isLessThan(NOON);
        pass(partition, 2 * MINUTE);
        assertThat(shown.watermark()).isLessThan(clock.millis() - DISORDER);
    }

    @Test
    void aPartitionThatComesBackGoesOnFromItsOwnTimeAndNotBackwards() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON, NOON);
        pass(partition, 10 * MINUTE);
        long before = shown.watermark();
        // What was kept while the device was away, and then the present.
        for (long time = NOON + MINUTE; time <= NOON + 10 * MINUTE; time += MINUTE) {
            observe(partition, time, clock.millis());
            assertThat(shown.watermark()).isEqualTo(before);
        }
        pass(partition, MINUTE);
        assertThat(shown.watermark()).isBetween(before, clock.millis() - DISORDER);
    }

    @Test
    void aPartitionThatNeverHadARecordIsIdleSoonAfterAnotherHadOne() {
        PartitionWatermarks empty = partition();
        PartitionWatermarks full = partition();
        pass(empty, SECOND);
        assertThat(shown.isIdle()).as("all of them may be starting").isFalse();
        full.onEvent(
                new Decoded.Observed(new Observation("b", NOON, 1), NOON),
                NOON,
                new ShownWatermarks());
        pass(empty, 2 * SECOND);
        assertThat(shown.isIdle()).isTrue();
        assertThat(shown.watermark()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whereNoPartitionHadARecordAllAreIdleSoon() {
        PartitionWatermarks empty = partition();
        pass(empty, 6 * SECOND);
        assertThat(shown.isIdle()).isTrue();
        pass(empty, HOUR);
        assertThat(shown.watermark()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void withoutIdlenessAnEmptyPartitionIsWaitedFor() {
        PartitionWatermarks empty = partition(Duration.ofMinutes(1), Duration.ZERO);
        pass(empty, HOUR);
        assertThat(shown.isIdle()).isFalse();
    }

    @Test
    void aPartitionThatFilledUpWithDeadLettersIsNotHeldToBeMoving() {
        PartitionWatermarks partition = partition();
        for (int i = 0; i < 100; i++) {
            partition.onEvent(
                    new Decoded.Rejected(
                            new DeadLetter(
                                    DeadLetterReason.NOT_FINITE,
                                    "",
                                    "in",
                                    0,
                                    i,
                                    clock.millis(),
                                    "CreateTime",
                                    null,
                                    null,
                                    List.of())),
                    clock.millis(),
                    shown);
            pass(partition, SECOND);
        }
        assertThat(shown.watermark()).isEqualTo(Long.MIN_VALUE);
        assertThat(shown.isIdle()).isTrue();
    }

    @Test
    void aClockThatIsSetBackTakesNothingBack() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON, NOON);
        pass(partition, 5 * MINUTE);
        long before = shown.watermark();
        clock.set(NOON - HOUR);
        pass(partition, 5 * MINUTE);
        assertThat(shown.watermark()).isEqualTo(before);
    }

    @Test
    void recordsWithoutAKafkaTimestampAreHeldAgainstTheClock() {
        PartitionWatermarks partition = partition();
        observe(partition, NOON + HOUR, -1);
        observe(partition, NOON, -1);
        pass(partition, MINUTE + DISORDER + SECOND);
        assertThat(shown.watermark()).isBetween(NOON + MINUTE - 1, NOON + 2 * MINUTE);
    }
}
