package io.tickformer.feedback.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.UnknownFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forecasts of these series are their true medians, 0 unless a test says otherwise. */
final class AnomalyDetectorTest {
    private static final int HORIZON = 96;
    private static final int LEARNED = 3_000;

    /** So few false alarms that these short series have none. */
    private static final AnomalySettings QUIET =
            new AnomalySettings(20_000, AnomalySide.BOTH, 1, 1, 100);

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 1e12})
    void aSpikeRaisesOneAlarmAtItsTickWhateverTheScale(double scale) {
        double[] values = noise(4_000, scale, 1);
        values[LEARNED] = 40 * scale;
        assertThat(alarms(QUIET, values)).containsExactly(LEARNED);
        assertThat(scores(QUIET, values).get(LEARNED).isHigh()).isTrue();
    }

    @Test
    void aShiftOfTheLevelRaisesAlarmsWhereItBeginsAndNoneLater() {
        double[] values = noise(5_000, 1, 2);
        AnomalyDetector detector = AnomalyDetector.of(QUIET, HORIZON);
        List<Integer> alarms = new ArrayList<>();
        for (int tick = 0; tick < values.length; tick++) {
            boolean shifted = tick >= LEARNED;
            AnomalyScore score = detector.observe(tick, values[tick] + (shifted ? 15 : 0));
            if (score.state() == AnomalyPhase.ALARM) {
                alarms.add(tick);
            }
            // Forecasts follow ten ticks later.
            double median = tick >= LEARNED + 10 ? 15 : 0;
            detector.expect(tick, median, median);
        }
        assertThat(alarms).isNotEmpty().allMatch(tick -> tick >= LEARNED && tick < LEARNED + 20);
        assertThat(alarms).contains(LEARNED);
    }

    @Test
    void anAnomalyIsHighIfItsValueIsAboveWhatWasExpected() {
        double[] values = noise(6_000, 1, 8);
        AnomalyDetector detector = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        int known = 0;
        for (int tick = 0; tick < values.length; tick++) {
            int cycle = tick % 700;
            double value = values[tick] + (cycle > 600 ? -6 : cycle == 300 ? 20 : 0);
            AnomalyScore score = detector.observe(tick, value);
            if (score.score() > 0) {
                known++;
                assertThat(score.isHigh()).isEqualTo(value > score.expected());
            }
            // The near forecast overshoots where the far one does not know of the change.
            detector.expect(tick, cycle > 600 ? -9 : 0, 0);
        }
        assertThat(known).isGreaterThan(1_000);
    }

    @Test
    void aSmallDeviationThatLastsIsFoundThoughNoTickOfItIsUnusual() {
        double[] values = noise(4_000, 1, 3);
        for (int tick = LEARNED; tick < LEARNED + 60; tick++) {
            values[tick] = 2 + 0.3 * values[tick];
        }
        assertThat(alarms(AnomalySettings.DEFAULT, values))
                .anyMatch(tick -> tick > LEARNED && tick < LEARNED + 20)
                .noneMatch(tick -> tick >= LEARNED + 60 && tick < LEARNED + 160);
    }

    @Test
    void aSpikeThatReturnsEveryDayIsSoonOrdinary() {
        double[] values = noise(6_000, 1, 4);
        for (int tick = 0; tick < values.length; tick += 100) {
            values[tick] = 30;
        }
        assertThat(alarms(QUIET, values)).allMatch(tick -> tick < 1_500);
        values[5_150] = -30;
        assertThat(alarms(QUIET, values)).contains(5_150);
    }

    @Test
    void anAbsurdValueDoesNotBlindTheDetector() {
        double[] values = noise(5_000, 1, 5);
        values[LEARNED] = 1e12;
        values[LEARNED + 1_000] = 60;
        assertThat(alarms(QUIET, values)).containsExactly(LEARNED, LEARNED + 1_000);
    }

    @Test
    void scoresAroundTheThresholdRaiseOneAlarm() {
        double[] values = noise(4_000, 1, 6);
        for (int tick = LEARNED; tick < LEARNED + 40; tick += 2) {
            values[tick] = 12;
        }
        assertThat(alarms(QUIET, values)).hasSizeBetween(1, 3).contains(LEARNED);
        assertThat(scores(QUIET, values).subList(LEARNED + 1, LEARNED + 40))
                .extracting(AnomalyScore::state)
                .doesNotContain(AnomalyPhase.NORMAL);
    }

    @ParameterizedTest
    @CsvSource({"HIGH, 40, true", "HIGH, -40, false", "LOW, -40, true", "LOW, 40, false"})
    void oneSideCanBeWatched(AnomalySide side, double spike, boolean isFound) {
        double[] values = noise(4_000, 1, 7);
        values[LEARNED] = spike;
        AnomalySettings settings = new AnomalySettings(1_000, side, 1, 1, 100);
        assertThat(alarms(settings, values).contains(LEARNED)).isEqualTo(isFound);
    }

    @Test
    void aRuleByCountIgnoresASingleTickAndFindsSeveral() {
        AnomalySettings settings = new AnomalySettings(1_000, AnomalySide.BOTH, 3, 5, 100);
        double[] values = noise(5_000, 1, 8);
        values[LEARNED] = 40;
        assertThat(alarms(settings, values)).doesNotContain(LEARNED);
        for (int tick = 4_000; tick < 4_005; tick++) {
            values[tick] = 40;
        }
        assertThat(alarms(settings, values)).contains(4_002).doesNotContain(4_000, 4_001);
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "300, 1", "1000, 1", "100, 3", "300, 3", "1000, 3"})
    void falseAlarmsComeAtTheChosenRate(int falseAlarmTicks, double power) {
        AnomalySettings settings = new AnomalySettings(falseAlarmTicks, AnomalySide.BOTH, 1, 1, 50);
        int alarms = 0;
        int ticks = 0;
        for (int seed = 0; seed < 10; seed++) {
            double[] values = noise(20_000, 1, seed);
            for (int tick = 0; tick < values.length; tick++) {
                values[tick] = Math.copySign(Math.pow(Math.abs(values[tick]), power), values[tick]);
            }
            alarms += alarms(settings, values).size();
            ticks += values.length;
        }
        assertThat((double) ticks / alarms).isBetween(falseAlarmTicks / 1.6, falseAlarmTicks * 1.6);
    }

    @Test
    void aYoungOrConstantSeriesHasNoEvidence() {
        assertThat(scores(AnomalySettings.DEFAULT, noise(50, 1, 9)))
                .allMatch(score -> score.score() == 0 && score.state() == AnomalyPhase.NORMAL);
        assertThat(scores(AnomalySettings.DEFAULT, new double[500]))
                .allMatch(score -> score.score() == 0);
    }

    @Test
    void theFirstChangeOfAConstantSeriesIsAsRareAsItsAge() {
        double[] values = new double[2_000];
        values[1_900] = 1e-3;
        double score = scores(AnomalySettings.DEFAULT, values).get(1_900).score();
        assertThat(score).isBetween(Math.log10(1_700), 2 * Math.log10(1_900));
    }

    @Test
    void missingTicksHaveNoScoreAndDoNotDisturb() {
        double[] values = noise(5_000, 1, 10);
        for (int tick = 2_000; tick < 2_500; tick++) {
            values[tick] = Double.NaN;
        }
        values[4_000] = 40;
        List<AnomalyScore> scores = scores(AnomalySettings.DEFAULT, values);
        assertThat(scores.subList(2_000, 2_500)).allMatch(score -> score.score() == 0);
        assertThat(scores.get(4_000).state()).isEqualTo(AnomalyPhase.ALARM);
    }

    @Test
    void ticksThatAreLeftOutCountAsMissing() {
        double[] values = noise(4_000, 1, 11);
        AnomalyDetector told = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        AnomalyDetector leftOut = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        for (int tick = 0; tick < values.length; tick++) {
            if (tick >= 2_000 && tick < 2_150) {
                told.observe(tick, Double.NaN);
                continue;
            }
            assertThat(leftOut.observe(tick, values[tick]))
                    .isEqualTo(told.observe(tick, values[tick]));
            told.expect(tick, 0, 0);
            leftOut.expect(tick, 0, 0);
        }
        assertThat(bytes(leftOut)).isEqualTo(bytes(told));
    }

    @Test
    void aRestartChangesNothing() throws IOException {
        double[] values = noise(4_000, 1, 12);
        values[LEARNED] = 40;
        values[LEARNED + 40] = 40;
        for (int restart : new int[] {1, 40, 500, LEARNED + 1, LEARNED + 50}) {
            AnomalyDetector undisturbed = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
            AnomalyDetector restarted = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
            for (int tick = 0; tick < values.length; tick++) {
                if (tick == restart) {
                    restarted = read(bytes(restarted), HORIZON);
                }
                assertThat(restarted.observe(tick, values[tick]))
                        .isEqualTo(undisturbed.observe(tick, values[tick]));
                undisturbed.expect(tick, 0.1, -0.1);
                restarted.expect(tick, 0.1, -0.1);
            }
        }
    }

    /** The true value of a tick comes some ticks later, after an absurd one or none. */
    @ParameterizedTest
    @CsvSource({"1e12, 0", "1e12, 4", "40, 1", "-40, 2"})
    void anAlarmThatALateReadingRefutesIsWithdrawnAndLeavesNothing(double wrong, int late) {
        double[] values = noise(4_000, 1, 13);
        AnomalyDetector undisturbed = AnomalyDetector.of(QUIET, HORIZON);
        AnomalyDetector revised = AnomalyDetector.of(QUIET, HORIZON);
        for (int tick = 0; tick < values.length; tick++) {
            AnomalyScore wanted = undisturbed.observe(tick, values[tick]);
            AnomalyScore found = revised.observe(tick, tick == LEARNED ? wrong : values[tick]);
            if (tick == LEARNED) {
                assertThat(found.state()).isEqualTo(AnomalyPhase.ALARM);
            } else if (tick < LEARNED || tick > LEARNED + late) {
                assertThat(found.score()).isCloseTo(wanted.score(), within(1e-9));
                assertThat(found.state()).isEqualTo(wanted.state());
            }
            if (tick == LEARNED + late) {
                AnomalyScore again = revised.revise(LEARNED, values[LEARNED]);
                assertThat(again.state()).isEqualTo(AnomalyPhase.WITHDRAWN);
                assertThat(again.value()).isEqualTo(values[LEARNED]);
                assertThat(again.score()).isLessThan(3);
            }
            undisturbed.expect(tick, 0, 0);
            revised.expect(tick, 0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "3, false", "4, false", "0, true", "4, true"})
    void aLateReadingThatIsUnusualRaisesTheAlarmOfItsTick(int late, boolean wasMissing) {
        double[] values = noise(3_200, 1, 14);
        AnomalyDetector detector = AnomalyDetector.of(QUIET, HORIZON);
        AnomalyDetector onTime = AnomalyDetector.of(QUIET, HORIZON);
        for (int tick = 0; tick <= LEARNED + late; tick++) {
            detector.observe(tick, tick == LEARNED && wasMissing ? Double.NaN : values[tick]);
            detector.expect(tick, 0, 0);
        }
        AnomalyScore wanted = null;
        for (int tick = 0; tick <= LEARNED; tick++) {
            wanted = onTime.observe(tick, tick == LEARNED ? 40 : values[tick]);
            onTime.expect(tick, 0, 0);
        }

        AnomalyScore found = detector.revise(LEARNED, 40);

        assertThat(found.state()).isEqualTo(AnomalyPhase.ALARM);
        assertThat(found.tick()).isEqualTo(LEARNED);
        assertThat(found.expected()).isEqualTo(wanted.expected());
        assertThat(found.isHigh()).isTrue();
        // A few deviations more are known by now.
        assertThat(found.score()).isCloseTo(wanted.score(), within(0.3));
        // The event goes on: no other alarm within its distance.
        AnomalyScore next = detector.observe(LEARNED + late + 1, 40);
        assertThat(next.state()).isNotEqualTo(AnomalyPhase.ALARM);
        // And the same tick is corrected once more.
        if (late < 4) {
            assertThat(detector.revise(LEARNED, 41).state()).isEqualTo(AnomalyPhase.CORRECTED);
            assertThat(detector.revise(LEARNED, 0.1).state()).isEqualTo(AnomalyPhase.WITHDRAWN);
        }
    }

    @Test
    void aTickWithinAnEventRaisesNoSecondAlarmByALateReading() {
        double[] values = noise(3_100, 1, 15);
        values[LEARNED] = 40;
        AnomalyDetector detector = AnomalyDetector.of(QUIET, HORIZON);
        for (int tick = 0; tick <= LEARNED + 3; tick++) {
            detector.observe(tick, values[tick]);
            detector.expect(tick, 0, 0);
        }

        assertThat(detector.revise(LEARNED - 1, 40).state()).isEqualTo(AnomalyPhase.ONGOING);
        assertThat(detector.revise(LEARNED + 2, 40).state()).isEqualTo(AnomalyPhase.ONGOING);
        assertThat(detector.revise(LEARNED + 2, 4_000).state()).isEqualTo(AnomalyPhase.ALARM);
    }

    @Test
    void thereIsNoEvidenceOfATickThatIsNotRemembered() {
        AnomalyDetector detector = AnomalyDetector.of(QUIET, HORIZON);
        assertThat(detector.revise(7, 1e9).state()).isEqualTo(AnomalyPhase.NORMAL);
        double[] values = noise(LEARNED, 1, 16);
        for (int tick = 0; tick < LEARNED; tick++) {
            detector.observe(tick, values[tick]);
            detector.expect(tick, 0, 0);
        }
        byte[] before = bytes(detector);
        for (long tick : new long[] {LEARNED - 6, LEARNED, LEARNED + 1_000}) {
            assertThat(detector.revise(tick, 1e9).score()).isZero();
        }
        assertThat(bytes(detector)).isEqualTo(before);
        // A gap leaves nothing of what was expected before it.
        detector.observe(LEARNED + 2, 0.5);
        assertThat(detector.revise(LEARNED - 1, 1e9).score()).isZero();
    }

    @Test
    void aRestartAmongLateReadingsChangesNothing() throws IOException {
        double[] values = noise(3_500, 1, 17);
        Random late = new Random(18);
        AnomalyDetector undisturbed = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        AnomalyDetector restarted = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        int changed = 0;
        for (int tick = 0; tick < values.length; tick++) {
            double value = late.nextInt(10) == 0 ? Double.NaN : values[tick];
            assertThat(restarted.observe(tick, value)).isEqualTo(undisturbed.observe(tick, value));
            undisturbed.expect(tick, 0.1, -0.1);
            restarted.expect(tick, 0.1, -0.1);
            if (tick % 7 == 3) {
                restarted = read(bytes(restarted), HORIZON);
            }
            if (late.nextInt(5) == 0) {
                int of = tick - late.nextInt(5);
                double other = late.nextInt(5) == 0 ? 50 : 0;
                AnomalyScore again = undisturbed.revise(of, other);
                assertThat(restarted.revise(of, other)).isEqualTo(again);
                changed += again.state() == AnomalyPhase.ALARM ? 1 : 0;
            }
        }
        assertThat(changed).isPositive();
        assertThat(bytes(restarted)).isEqualTo(bytes(undisturbed));
    }

    @Test
    void theStateHasTheSameSizeAtAnyAge() {
        AnomalyDetector detector = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        int size = detector.bytes();
        assertThat(bytes(detector)).hasSize(size);
        for (int tick = 0; tick < 1_000; tick++) {
            detector.observe(tick, tick % 7);
            detector.expect(tick, 3, 3);
        }
        assertThat(bytes(detector)).hasSize(size);
        assertThat(size).isLessThan(3_500);
    }

    @Test
    void anotherHorizonStartsAnewAndAnotherVersionIsRefused() throws IOException {
        AnomalyDetector detector = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        detector.observe(7, 1);
        assertThat(read(bytes(detector), 12).lead()).isEqualTo(12);
        assertThat(bytes(read(bytes(detector), 12)))
                .isEqualTo(bytes(AnomalyDetector.of(AnomalySettings.DEFAULT, 12)));
        byte[] other = bytes(detector);
        other[0] = 9;
        assertThatThrownBy(() -> read(other, HORIZON)).isInstanceOf(UnknownFormatException.class);
    }

    @Test
    void aForecastOfAnEarlierTickIsIgnored() {
        AnomalyDetector detector = AnomalyDetector.of(AnomalySettings.DEFAULT, HORIZON);
        detector.observe(10, 1);
        detector.expect(9, 5, 5);
        assertThat(detector.observe(11, 1).expected()).isNaN();
        detector.expect(11, 5, 5);
        assertThat(detector.observe(12, 1).expected()).isCloseTo(5, within(0.0));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AnomalySettings(5, AnomalySide.BOTH, 1, 1, 0))
                .hasMessageContaining("falseAlarmTicks is 5; expected at least 10");
        assertThatThrownBy(() -> new AnomalySettings(100, AnomalySide.BOTH, 3, 2, 0))
                .hasMessageContaining("duration is 2; expected 3 (the count) to 64");
    }

    private static double[] noise(int ticks, double scale, long seed) {
        Random random = new Random(seed);
        IntToDoubleFunction value = tick -> scale * random.nextGaussian();
        double[] values = new double[ticks];
        for (int tick = 0; tick < ticks; tick++) {
            values[tick] = value.applyAsDouble(tick);
        }
        return values;
    }

    private static List<AnomalyScore> scores(AnomalySettings settings, double[] values) {
        AnomalyDetector detector = AnomalyDetector.of(settings, HORIZON);
        List<AnomalyScore> scores = new ArrayList<>();
        for (int tick = 0; tick < values.length; tick++) {
            scores.add(detector.observe(tick, values[tick]));
            detector.expect(tick, 0, 0);
        }
        return scores;
    }

    private static List<Integer> alarms(AnomalySettings settings, double[] values) {
        List<Integer> alarms = new ArrayList<>();
        for (AnomalyScore score : scores(settings, values)) {
            if (score.state() == AnomalyPhase.ALARM) {
                alarms.add((int) score.tick());
            }
        }
        return alarms;
    }

    private static byte[] bytes(AnomalyDetector detector) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            detector.writeTo(new DataOutputStream(out));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static AnomalyDetector read(byte[] bytes, int horizon) throws IOException {
        return AnomalyDetector.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes)),
                AnomalySettings.DEFAULT,
                horizon);
    }
}
