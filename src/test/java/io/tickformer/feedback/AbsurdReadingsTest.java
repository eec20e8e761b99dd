package io.tickformer.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What absurd readings leave in forecasts that are calibrated and mixed. The model itself is not
 * disturbed by them: it says a daily cycle with a spread of 1, which is what the series does.
 */
final class AbsurdReadingsTest {
    private static final int HORIZON = 24;
    private static final int SEASON = 24;
    private static final int TICKS = 4000;
    private static final FeedbackShape SHAPE = TestForecasts.shape(HORIZON);

    /** Mean width of the 80 % interval and distance of the median from the truth, by tick. */
    private record Issued(double[] width, double[] error) {}

    private static double truth(long tick) {
        return 50 + 10 * Math.sin(2 * Math.PI * tick / SEASON);
    }

    /** What arrives in place of a value. */
    private interface Fault {
        double apply(int tick, double value);
    }

    private static Issued run(LongPredicate isAbsurd, double absurd) {
        return run(
                (tick, value) -> isAbsurd.test(tick) ? (tick % 2 == 0 ? absurd : -absurd) : value);
    }

    private static Issued run(Fault fault) {
        SplittableRandom random = new SplittableRandom(3);
        SeriesFeedback feedback = SeriesFeedback.of(FeedbackSettings.DEFAULT, SHAPE);
        Issued issued = new Issued(new double[TICKS], new double[TICKS]);
        double[] values = new double[TICKS];
        for (int tick = 0; tick < TICKS; tick++) {
            double sum = -6;
            for (int i = 0; i < 12; i++) {
                sum += random.nextDouble();
            }
            values[tick] = fault.apply(tick, truth(tick) + sum);
            feedback.observe(tick, values[tick]);
            note(issued, tick, feedback.issue(model(tick), simple(values, tick)));
        }
        return issued;
    }

    private static Forecast model(long tick) {
        Forecast spread = TestForecasts.normal(tick, HORIZON, 0, 1);
        double[] quantiles = spread.quantiles().clone();
        double[] mean = spread.mean().clone();
        int levels = quantiles.length / HORIZON;
        for (int step = 0; step < HORIZON; step++) {
            mean[step] += truth(tick + 1 + step);
            for (int i = 0; i < levels; i++) {
                quantiles[step * levels + i] += truth(tick + 1 + step);
            }
        }
        return spread.withValues(quantiles, mean, ForecastQuality.OK, false);
    }

    private static SimpleForecasts simple(double[] values, int tick) {
        double[] seasonal = new double[HORIZON];
        for (int step = 0; step < HORIZON; step++) {
            int source = tick + 1 + step - SEASON;
            seasonal[step] = source < 0 ? Double.NaN : values[source];
        }
        return new SimpleForecasts(values[tick], seasonal);
    }

    private static void note(Issued issued, int tick, Forecast forecast) {
        for (int step = 0; step < HORIZON; step++) {
            issued.width[tick] +=
                    (forecast.quantile(step, 5) - forecast.quantile(step, 1)) / HORIZON;
            double error = Math.abs(forecast.quantile(step, 3) - truth(tick + 1 + step));
            issued.error[tick] += error / HORIZON;
        }
    }

    static Arguments[] readings() {
        LongPredicate one = tick -> tick == 3000;
        LongPredicate apart = tick -> tick == 1500 || tick == 3000;
        LongPredicate inARow = tick -> tick == 2999 || tick == 3000;
        LongPredicate burst = tick -> tick >= 2989 && tick <= 3000;
        LongPredicate early = tick -> tick == 2;
        LongPredicate first = tick -> tick == 0;
        return new Arguments[] {
            Arguments.of("one", one, 3000),
            Arguments.of("two far apart", apart, 3000),
            Arguments.of("two in a row", inARow, 3000),
            Arguments.of("a burst of half a patch", burst, 3000),
            Arguments.of("one of the first", early, 2),
            Arguments.of("the first", first, 0),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readings")
    void absurdReadingsAreGoneFromTheForecastsAHundredTicksLater(
            String which, LongPredicate isAbsurd, int last) {
        Issued clean = run(tick -> false, 0);
        for (double absurd : new double[] {65_535, 1e9, 1e15}) {
            Issued dirty = run(isAbsurd, absurd);
            for (int tick = last + 100; tick < TICKS; tick++) {
                assertThat(dirty.width[tick]).isLessThan(1.25 * clean.width[tick]);
                assertThat(dirty.width[tick]).isGreaterThan(0.9 * clean.width[tick]);
                assertThat(dirty.error[tick]).isLessThan(0.1);
            }
        }
    }

    @Test
    void aBurstAmongTheFirstReadingsFadesLikeAnyOther() {
        Issued clean = run(tick -> false, 0);
        for (double absurd : new double[] {65_535, 1e9, 1e15}) {
            Issued dirty = run(tick -> tick >= 3 && tick < 15, absurd);
            for (int tick = 15; tick < TICKS; tick++) {
                double most = tick < 60 ? 100 : tick < 150 ? 16 : tick < 1_000 ? 5 : 1.25;
                assertThat(dirty.width[tick]).isLessThan(most * clean.width[tick]);
                if (tick >= 115) { // Until then, what repeats is followed, absurd or not.
                    assertThat(dirty.error[tick]).isLessThan(0.5);
                }
            }
        }
    }

    @Test
    void readingsInAnotherUnitAreNotRepeatedOnceTheyAreOver() {
        for (int first : new int[] {30, 200, 2000}) {
            Issued dirty =
                    run(
                            (tick, value) ->
                                    tick >= first && tick < first + 10 ? 1_000 * value : value);
            for (int tick = first + 10; tick < first + 100; tick++) {
                assertThat(dirty.error[tick]).as("%d from %d", tick, first).isLessThan(3);
            }
            for (int tick = first + 100; tick < TICKS; tick++) {
                assertThat(dirty.error[tick]).as("%d from %d", tick, first).isLessThan(0.2);
            }
        }
    }

    @Test
    void aModelThatBeginsWithAbsurdForecastsIsTrustedOnceItHasRecovered() {
        SplittableRandom random = new SplittableRandom(5);
        SeriesFeedback feedback = SeriesFeedback.of(FeedbackSettings.DEFAULT, SHAPE);
        Issued issued = new Issued(new double[TICKS], new double[TICKS]);
        double[] values = new double[TICKS];
        for (int tick = 0; tick < 300; tick++) {
            values[tick] = truth(tick) + random.nextGaussian();
            feedback.observe(tick, values[tick]);
            Forecast model = tick < 10 ? times(1_000, model(tick)) : model(tick);
            note(issued, tick, feedback.issue(model, simple(values, tick)));
            if (tick >= 100) {
                assertThat(issued.error[tick]).as("error at %d", tick).isLessThan(0.5);
                assertThat(issued.width[tick]).as("width at %d", tick).isBetween(1.5, 8.0);
            }
        }
    }

    private static Forecast times(double factor, Forecast forecast) {
        double[] quantiles = Arrays.stream(forecast.quantiles()).map(q -> factor * q).toArray();
        double[] mean = Arrays.stream(forecast.mean()).map(m -> factor * m).toArray();
        return forecast.withValues(quantiles, mean, ForecastQuality.OK, false);
    }

    @Test
    void oneReadingInAHundredThatIsAbsurdWidensNothing() {
        Issued clean = run(tick -> false, 0);
        for (double absurd : new double[] {65_535, 1e9}) {
            Issued dirty = run(tick -> tick > 1000 && tick % 97 == 0, absurd);
            for (int tick = 1000; tick < TICKS; tick++) {
                assertThat(dirty.width[tick]).isLessThan(1.5 * clean.width[tick]);
                assertThat(dirty.error[tick]).isLessThan(0.5);
            }
        }
    }
}
