package io.tickformer.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArrivalDelayTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 500_000 * HOUR;

    private static ArrivalDelay after(
            long tick, long outOfOrderness, long step, long delay, int readings) {
        ArrivalDelay sending = new ArrivalDelay(tick, outOfOrderness);
        for (int i = 0; i < readings; i++) {
            sending.observe(START + i * step, START + i * step + delay);
        }
        return sending;
    }

    @Test
    void beforeTheFirstReadingNothingIsKnown() {
        ArrivalDelay sending = new ArrivalDelay(HOUR, 10 * SECOND);
        assertThat(sending.prompt()).isEmpty();
        assertThat(sending.steady()).isEmpty();
    }

    @Test
    void readingsThatComeWithinTheOutOfOrdernessArePromptFromTheFirst() {
        assertThat(after(MINUTE, 10 * SECOND, SECOND, 9 * SECOND, 1).prompt())
                .hasValue(10 * SECOND);
        assertThat(after(MINUTE, 10 * SECOND, SECOND, 9 * SECOND, 500).prompt())
                .hasValue(10 * SECOND);
    }

    @Test
    void aReadingThatIsStampedWithTheBeginningOfItsTickAndSentAtItsEndIsPrompt() {
        assertThat(after(HOUR, 10 * SECOND, HOUR, HOUR + 700, 1).prompt()).hasValue(10 * SECOND);
    }

    @Test
    void withoutOutOfOrdernessTheTimeOfTheNetworkIsWaitedForAndNoLongerThanHalfASecond() {
        assertThat(after(SECOND, 0, 100, 80, 100).prompt().orElseThrow()).isBetween(0L, 80L);
        assertThat(after(HOUR, 0, HOUR, HOUR + 300, 1).prompt()).hasValue(300);
        assertThat(after(HOUR, 0, HOUR, HOUR + 501, 1).prompt()).isEmpty();
    }

    @Test
    void oneSlowSenderBesideAPromptOneIsNotWaitedFor() {
        ArrivalDelay sending = new ArrivalDelay(MINUTE, 10 * SECOND);
        for (int i = 0; i < 300; i++) {
            long now = START + i * SECOND;
            sending.observe(now - 5 * MINUTE, now);
            sending.observe(now - 50, now);
        }
        assertThat(sending.prompt()).hasValue(10 * SECOND);
    }

    @Test
    void readingsThatAreSteadilyLateAreWaitedForByTheirDelayAndTheOutOfOrderness() {
        ArrivalDelay sending = after(MINUTE, 10 * SECOND, SECOND, 12 * SECOND, 500);
        assertThat(sending.prompt()).isEmpty();
        // The last reading of a tick is stamped a second before its end.
        assertThat(sending.steady()).hasValue(21 * SECOND);
    }

    @Test
    void withinTheFirstMinuteNoDelayIsSteady() {
        assertThat(after(SECOND, 0, SECOND, 5 * SECOND, 60).steady()).isEmpty();
        assertThat(after(SECOND, 0, SECOND, 5 * SECOND, 62).steady()).isPresent();
    }

    @Test
    void aPastThatIsSentNowHasNoUsualDelay() {
        ArrivalDelay sending = new ArrivalDelay(HOUR, 10 * SECOND);
        for (int i = 0; i < 8_000; i++) {
            sending.observe(START - (9_000 - i) * HOUR, START + 2L * i * MINUTE);
            assertThat(sending.prompt()).isEmpty();
            assertThat(sending.steady()).isEmpty();
        }
    }

    @Test
    void aStoreThatIsSentAfterAnOutageDoesNotMakeThePartitionSlow() {
        ArrivalDelay sending = after(MINUTE, 10 * SECOND, SECOND, 100, 100);
        long end = START + 3 * HOUR;
        for (long time = START + 100 * SECOND; time <= end; time += SECOND) {
            sending.observe(time, end + 50);
        }
        assertThat(sending.prompt()).hasValue(10 * SECOND);
    }

    @Test
    void aDeviceAheadOfItsTimeIsPrompt() {
        assertThat(after(MINUTE, 10 * SECOND, SECOND, -2 * MINUTE, 500).prompt())
                .hasValue(10 * SECOND);
    }
}
