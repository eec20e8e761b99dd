package io.tickformer.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.feedback.score.StepMeans;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calibration makes of forecasts that are too narrow, too wide or beside the values. */
final class CalibratedFeedbackTest {
    private static final FeedbackSettings CALIBRATED = new FeedbackSettings(true, false, null);
    private static final int HORIZON = 24;
    private static final FeedbackShape SHAPE = TestForecasts.shape(HORIZON);
    private static final SimpleForecasts SIMPLE = TestForecasts.simple(0, HORIZON);
    private static final int INTERVAL_80 = 1;
    private static final int INTERVAL_95 = 2;

    private final SplittableRandom random = new SplittableRandom(7);
    private SeriesFeedback feedback = SeriesFeedback.of(CALIBRATED, SHAPE);

    @ParameterizedTest
    @CsvSource({"0.3,0", "0.5,0", "1,0", "2,0", "1,1", "0.5,-1"})
    void coverageIsNominalWhateverTheModelSays(double deviation, double bias) {
        for (int tick = 0; tick < 4000; tick++) {
            run(tick, gaussian(), bias, deviation);
        }
        assertNominal(0.03);
        assertThat(feedback.isCalibrated()).isTrue();
    }

    @Test
    void skewedValuesGetTailsOfTheirOwn() {
        Forecast last = null;
        for (int tick = 0; tick < 8000; tick++) {
            last = run(tick, Math.abs(gaussian()) * 2, 1, 1);
        }
        assertNominal(0.03);
        double lower = last.quantile(0, 3) - last.quantile(0, 0);
        double upper = last.quantile(0, 6) - last.quantile(0, 3);
        assertThat(upper).isGreaterThan(2 * lower);
    }

    @Test
    void afterTheVarianceDoublesCoverageIsNominalWithinTwoHundredTicks() {
        for (int tick = 0; tick < 2000; tick++) {
            run(tick, gaussian(), 0, 1);
        }
        double[] covered = new double[2];
        int rounds = 0;
        for (int tick = 2000; tick < 2600; tick++) {
            Forecast forecast = run(tick, gaussian() * Math.sqrt(2), 0, 1);
            if (tick >= 2200) {
                // The next value is drawn from the same distribution many times over.
                for (int draw = 0; draw < 20; draw++) {
                    double value = gaussian() * Math.sqrt(2);
                    for (int step = 0; step < HORIZON; step++) {
                        covered[0] += isWithin(forecast, step, 1, 5, value) ? 1 : 0;
                        covered[1] += isWithin(forecast, step, 0, 6, value) ? 1 : 0;
                        rounds++;
                    }
                }
            }
        }
        assertThat(covered[0] / rounds).isCloseTo(0.8, within(0.03));
        assertThat(covered[1] / rounds).isCloseTo(0.95, within(0.03));
    }

    private static boolean isWithin(Forecast forecast, int step, int low, int high, double value) {
        return value >= forecast.quantile(step, low) && value <= forecast.quantile(step, high);
    }

    @Test
    void theMedianAndTheMeanAreThoseOfTheModel() {
        for (int tick = 0; tick < 1000; tick++) {
            Forecast published = run(tick, gaussian(), 0.5, 0.3);
            for (int step = 0; step < HORIZON; step += 5) {
                assertThat(published.quantile(step, 3)).isEqualTo(0.5, within(1e-9));
                assertThat(published.mean()[step]).isEqualTo(0.5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 500})
    void oneAbsurdValueChangesLittle(int absurdAt) {
        SeriesFeedback calm = SeriesFeedback.of(CALIBRATED, SHAPE);
        for (int tick = 0; tick < absurdAt + 200; tick++) {
            double value = gaussian();
            Forecast raw = TestForecasts.normal(tick, HORIZON, 0, 1);
            feedback.observe(tick, tick == absurdAt ? 1e12 : value);
            Forecast published = feedback.issue(raw, SIMPLE);
            calm.observe(tick, value);
            Forecast expected = calm.issue(raw, SIMPLE);
            assertThat(largestDifference(published.quantiles(), 1, expected.quantiles()))
                    .isLessThan(0.7);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5, 1e12, -1e-9})
    void aConstantSeriesKeepsItsForecast(double constant) {
        for (int tick = 0; tick < 1000; tick++) {
            Forecast published = run(tick, constant, constant, 0);
            assertThat(published.quantile(0, 0)).isEqualTo(constant);
            assertThat(published.quantile(HORIZON - 1, 6)).isEqualTo(constant);
        }
    }

    @Test
    void oneAbsurdValueDoesNotWidenTheForecastOfAConstantSeries() {
        for (int tick = 0; tick < 1000; tick++) {
            Forecast published = run(tick, tick == 400 ? 1e12 : 5, 5, 0);
            assertThat(published.quantile(0, 6) - published.quantile(0, 0)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e12})
    void anotherUnitGivesTheSameForecastsInThatUnit(double unit) {
        SeriesFeedback scaled = SeriesFeedback.of(CALIBRATED, SHAPE);
        for (int tick = 0; tick < 500; tick++) {
            double value = gaussian();
            Forecast published = run(tick, value, 0, 0.5);
            scaled.observe(tick, value * unit);
            Forecast other =
                    scaled.issue(TestForecasts.normal(tick, HORIZON, 0, 0.5 * unit), SIMPLE);
            assertThat(largestDifference(other.quantiles(), unit, published.quantiles()))
                    .isLessThan(1e-4);
        }
    }

    @Test
    void missingTicksTeachNothing() {
        for (int tick = 0; tick < 3000; tick++) {
            run(tick, tick % 3 == 0 ? Double.NaN : gaussian(), 0, 0.5);
        }
        assertNominal(0.04);
    }

    @Test
    void aRevisedTickCountsWithItsNewValueOnly() {
        SeriesFeedback revised = SeriesFeedback.of(CALIBRATED, SHAPE);
        for (int tick = 0; tick < 1000; tick++) {
            double value = gaussian();
            run(tick, value, 0, 1);
            revised.observe(tick, value + (tick % 7 == 0 ? 5 : 0));
            if (tick % 7 == 0) {
                revised.revise(tick, value);
            }
            revised.issue(TestForecasts.normal(tick, HORIZON, 0, 1), SIMPLE);
        }
        for (int step = 0; step < SHAPE.steps().count(); step++) {
            StepMeans expected = feedback.scores().total(step);
            StepMeans found = revised.scores().total(step);
            assertThat(found.targets()).isEqualTo(expected.targets());
            assertThat(found.absoluteError()).isCloseTo(expected.absoluteError(), within(1e-9));
            assertThat(found.coverage()[INTERVAL_80])
                    .isCloseTo(expected.coverage()[INTERVAL_80], within(0.02));
        }
    }

    @Test
    void aRestartChangesNoForecast() throws IOException {
        SeriesFeedback restarted = SeriesFeedback.of(CALIBRATED, SHAPE);
        for (int tick = 0; tick < 600; tick++) {
            double value = tick % 11 == 0 ? Double.NaN : gaussian();
            Forecast expected = run(tick, value, 0, 0.5);
            restarted = copy(restarted);
            restarted.observe(tick, value);
            restarted = copy(restarted);
            assertThat(restarted.issue(TestForecasts.normal(tick, HORIZON, 0, 0.5), SIMPLE))
                    .isEqualTo(expected);
        }
    }

    @Test
    void forecastsSayThatTheyAreCalibratedWhenTheSeriesIsNoLongerYoung() {
        for (int tick = 0; tick < 150; tick++) {
            assertThat(run(tick, gaussian(), 0, 1).calibrated()).isFalse();
        }
        assertThat(feedback.isCalibrated()).isFalse();
        for (int tick = 150; tick < 600; tick++) {
            run(tick, gaussian(), 0, 1);
        }
        assertThat(run(600, gaussian(), 0, 1).calibrated()).isTrue();
    }

    @Test
    void withoutCalibrationForecastsArePublishedAsTheyAre() {
        feedback = SeriesFeedback.of(FeedbackSettings.NONE, SHAPE);
        for (int tick = 0; tick < 500; tick++) {
            Forecast raw = TestForecasts.normal(tick, HORIZON, 0, 0.2);
            feedback.observe(tick, gaussian());
            assertThat(feedback.issue(raw, SIMPLE)).isEqualTo(raw);
        }
        assertThat(feedback.isCalibrated()).isFalse();
    }

    private void assertNominal(double tolerance) {
        double covered80 = 0;
        double covered95 = 0;
        int steps = SHAPE.steps().count();
        for (int step = 0; step < steps; step++) {
            StepMeans score = feedback.scores().recent(step);
            covered80 += score.coverage()[INTERVAL_80] / steps;
            covered95 += score.coverage()[INTERVAL_95] / steps;
        }
        assertThat(covered80).isCloseTo(0.8, within(tolerance));
        assertThat(covered95).isCloseTo(0.95, within(tolerance));
    }

    /** A tick, and the forecast that is published at it. */
    private Forecast run(int tick, double value, double centre, double deviation) {
        feedback.observe(tick, value);
        Forecast published =
                feedback.issue(TestForecasts.normal(tick, HORIZON, centre, deviation), SIMPLE);
        assertThat(isAscending(published)).isTrue();
        return published;
    }

    private static boolean isAscending(Forecast forecast) {
        boolean ascending = true;
        for (int step = 0; step < HORIZON; step++) {
            for (int level = 1; level < SHAPE.levels(); level++) {
                ascending &= forecast.quantile(step, level) >= forecast.quantile(step, level - 1);
            }
        }
        return ascending;
    }

    private static double largestDifference(double[] left, double unit, double[] right) {
        double largest = 0;
        for (int i = 0; i < left.length; i++) {
            largest = Math.max(largest, Math.abs(left[i] / unit - right[i]));
        }
        return largest;
    }

    private double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static SeriesFeedback copy(SeriesFeedback original) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        original.writeTo(new DataOutputStream(bytes));
        return SeriesFeedback.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                FeedbackPlan.of(CALIBRATED, SHAPE));
    }
}
