package io.tickformer.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.UnknownFormatException;
import io.tickformer.feedback.anomaly.AnomalyDetector;
import io.tickformer.feedback.anomaly.AnomalyPhase;
import io.tickformer.feedback.anomaly.AnomalyScore;
import io.tickformer.feedback.anomaly.AnomalySettings;
import io.tickformer.feedback.issued.FeedbackShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a series' feedback remembers of forecasts, and what it says of ticks that come due. */
final class SeriesFeedbackTest {
    private static final FeedbackSettings UNCALIBRATED =
            new FeedbackSettings(false, false, AnomalySettings.DEFAULT);
    private static final FeedbackShape SHAPE = TestForecasts.shape(8);

    private final SeriesFeedback feedback = SeriesFeedback.of(UNCALIBRATED, SHAPE);

    @Test
    void aValueIsComparedToTheForecastThatWasIssuedSoManyTicksBefore() {
        for (int tick = 0; tick < 20; tick++) {
            TickOutcome outcome = feedback.observe(tick, tick);
            for (int i = 0; i < feedback.steps().count(); i++) {
                int issued = tick - feedback.steps().step(i);
                if (issued < 0) {
                    assertThat(outcome.positions()[i]).isNaN();
                } else {
                    // The forecast of tick k is centred on 10 k, with a deviation of 2.
                    assertThat(outcome.positions()[i])
                            .isCloseTo((tick - 10 * issued) / 2.0, within(1e-5));
                }
            }
            feedback.issue(
                    TestForecasts.normal(tick, 8, 10 * tick, 2), TestForecasts.simple(tick, 8));
        }
    }

    @Test
    void forecastsOfFarStepsAreRememberedByTheirStride() {
        FeedbackShape far = TestForecasts.shape(96);
        SeriesFeedback ofFar = SeriesFeedback.of(UNCALIBRATED, far);
        int last = ofFar.steps().count() - 1;
        int stride = ofFar.steps().stride(last);
        assertThat(stride).isGreaterThan(1);
        int found = 0;
        for (int tick = 0; tick < 96 + 10L * stride; tick++) {
            TickOutcome outcome = ofFar.observe(tick, 0);
            found += Double.isNaN(outcome.positions()[last]) ? 0 : 1;
            ofFar.issue(TestForecasts.normal(tick, 96, 0, 1), TestForecasts.simple(0, 96));
        }
        assertThat(found).isEqualTo(10);
    }

    @Test
    void aMissingTickHasNoPositionUntilItsReadingComes() {
        run(0, 20);
        assertThat(feedback.observe(20, Double.NaN).positions()).containsOnly(Double.NaN);
        run(21, 23);
        assertThat(feedback.revise(20, 3).positions()).doesNotContain(Double.NaN);
    }

    @Test
    void aReadingThatComesTooLateChangesNothing() {
        run(0, 20);
        assertThat(feedback.revise(14, 3).positions()).containsOnly(Double.NaN);
        assertThat(feedback.revise(25, 3).positions()).containsOnly(Double.NaN);
        assertThat(feedback.revise(15, 3).positions()).doesNotContain(Double.NaN);
    }

    @Test
    void afterAGapForecastsFromBeforeItAreForgotten() {
        run(0, 20);
        assertThat(feedback.observe(25, 3).positions()).containsOnly(Double.NaN);
        run(26, 40);
        assertThat(feedback.observe(40, 3).positions()).doesNotContain(Double.NaN);
    }

    @Test
    void aForecastThatIsNotFiniteIsNotRemembered() {
        feedback.observe(0, 1);
        feedback.issue(
                TestForecasts.normal(0, 8, Double.NaN, 1), TestForecasts.simple(Double.NaN, 8));
        assertThat(feedback.observe(1, 1).positions()).containsOnly(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 1e12})
    void positionsAreTheSameInAnyUnit(double unit) {
        feedback.observe(0, 0);
        feedback.issue(
                TestForecasts.normal(0, 8, 1000 * unit, unit), TestForecasts.simple(unit, 8));
        assertThat(feedback.observe(1, 1001.5 * unit).positions()[0]).isCloseTo(1.5, within(1e-5));
    }

    @Test
    void aReadCopyGoesOnAsTheOriginal() throws IOException {
        run(0, 20);
        SeriesFeedback copy = copy(feedback, SHAPE);
        for (int tick = 20; tick < 40; tick++) {
            assertThat(copy.observe(tick, tick % 3)).isEqualTo(feedback.observe(tick, tick % 3));
            for (SeriesFeedback each : new SeriesFeedback[] {copy, feedback}) {
                each.issue(TestForecasts.normal(tick, 8, tick, 1), TestForecasts.simple(tick, 8));
            }
        }
        assertThat(written(copy)).isEqualTo(written(feedback)).hasSize(feedback.bytes());
    }

    @Test
    void aReadCopyForAnotherShapeStartsAnew() throws IOException {
        run(0, 20);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(written(feedback)));
        SeriesFeedback other =
                SeriesFeedback.readFrom(in, FeedbackPlan.of(UNCALIBRATED, TestForecasts.shape(12)));
        assertThat(in.available()).isZero();
        assertThat(written(other))
                .isEqualTo(written(SeriesFeedback.of(UNCALIBRATED, TestForecasts.shape(12))));
    }

    @Test
    void ticksAreScoredForAnomaliesByTheMediansOfThePublishedForecasts() {
        AnomalyDetector expected = AnomalyDetector.of(AnomalySettings.DEFAULT, 8);
        for (int tick = 0; tick < 300; tick++) {
            double value = tick == 250 ? 1_000 : tick % 5;
            assertThat(feedback.observe(tick, value).anomaly())
                    .isEqualTo(expected.observe(tick, value));
            Forecast forecast = TestForecasts.normal(tick, 8, 2, 2);
            feedback.issue(forecast, TestForecasts.simple(tick, 8));
            int median = forecast.quantileLevels().length / 2;
            expected.expect(tick, forecast.quantile(0, median), forecast.quantile(7, median));
        }
    }

    @Test
    void aTickThatALateReadingChangesIsScoredAgainForAnomalies() {
        for (int tick = 0; tick < 300; tick++) {
            double value = tick == 250 ? 1_000 : tick % 5;
            AnomalyPhase wanted = tick == 250 ? AnomalyPhase.ALARM : AnomalyPhase.NORMAL;
            AnomalyScore score = feedback.observe(tick, value).anomaly();
            if (tick >= 250) {
                assertThat(score.state()).as("tick %d", tick).isEqualTo(wanted);
            }
            feedback.issue(TestForecasts.normal(tick, 8, 2, 2), TestForecasts.simple(tick, 8));
            if (tick == 250) {
                // The reading changed another channel of the record.
                assertThat(feedback.revise(250, 1_000).anomaly()).isNull();
                assertThat(feedback.revise(250, 1_001).anomaly().state())
                        .isEqualTo(AnomalyPhase.CORRECTED);
                assertThat(feedback.revise(250, 3).anomaly().state())
                        .isEqualTo(AnomalyPhase.WITHDRAWN);
            }
        }
        assertThat(feedback.revise(290, 1_000).anomaly()).isNull();
        assertThat(feedback.revise(298, 1_000).anomaly().state()).isEqualTo(AnomalyPhase.ALARM);
    }

    @Test
    void aRestartWithAnomaliesTakesLateReadingsOfTicksFromBefore() throws IOException {
        SeriesFeedback without = SeriesFeedback.of(FeedbackSettings.NONE, SHAPE);
        without.observe(0, 1);
        SeriesFeedback with = read(written(without), SHAPE);
        assertThat(with.revise(0, 1e9).anomaly().state()).isEqualTo(AnomalyPhase.NORMAL);
    }

    @Test
    void aRestartWithoutAnomaliesLeavesTheirState() throws IOException {
        run(0, 20);
        SeriesFeedback without =
                SeriesFeedback.readFrom(
                        new DataInputStream(new ByteArrayInputStream(written(feedback))),
                        FeedbackPlan.of(FeedbackSettings.NONE, SHAPE));
        assertThat(without.observe(20, 3).anomaly()).isNull();
        assertThat(without.newestTick()).isEqualTo(20);
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        byte[] bytes = written(feedback);
        bytes[0] = 99;
        assertThatThrownBy(() -> read(bytes, SHAPE)).isInstanceOf(UnknownFormatException.class);
    }

    private void run(int from, int end) {
        for (int tick = from; tick < end; tick++) {
            feedback.observe(tick, tick % 5);
            feedback.issue(TestForecasts.normal(tick, 8, 2, 2), TestForecasts.simple(tick, 8));
        }
    }

    private static SeriesFeedback copy(SeriesFeedback original, FeedbackShape shape)
            throws IOException {
        return read(written(original), shape);
    }

    private static SeriesFeedback read(byte[] bytes, FeedbackShape shape) throws IOException {
        return SeriesFeedback.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes)),
                FeedbackPlan.of(UNCALIBRATED, shape));
    }

    private static byte[] written(SeriesFeedback feedback) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        feedback.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
