package io.tickformer.feedback.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TestForecasts;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mixture makes of sound and broken models, and of disturbed series. */
final class ForecastMixtureTest {
    @Test
    void aGoodModelIsPublishedNearlyAsItIs() {
        MixtureStream stream = MixtureStream.undisturbed();
        stream.play(600);
        for (int step = 1; step <= MixtureStream.HORIZON; step++) {
            assertThat(stream.median(step)).isCloseTo(stream.modelMedian(step), within(0.5));
        }
        assertThat(stream.published.quality()).isEqualTo(ForecastQuality.OK);
        assertThat(stream.feedback.isDegraded()).isFalse();
    }

    @Test
    void aModelThatBreaksIsLeftOutAndComesBackWhenItIsSoundAgain() {
        MixtureStream stream =
                new MixtureStream(tick -> 0, tick -> tick >= 500 && tick < 900 ? 30 : 0);
        stream.play(500);
        assertThat(stream.playUntilFallback(true, 400)).isLessThan(100);
        stream.play(1);
        assertThat(stream.published.quality()).isEqualTo(ForecastQuality.FALLBACK);
        for (int step = 1; step <= MixtureStream.HORIZON; step++) {
            double truth = MixtureStream.cycle(stream.tick() + step);
            assertThat(stream.median(step)).isCloseTo(truth, within(8.0));
            assertThat(stream.modelMedian(step)).isCloseTo(truth + 30, within(1e-9));
        }
        stream.play((int) (899 - stream.tick()));
        assertThat(stream.feedback.isFallback()).isTrue();
        assertThat(stream.playUntilFallback(false, 600)).isLessThan(400);
        stream.play(200);
        assertThat(stream.published.quality()).isEqualTo(ForecastQuality.OK);
        assertThat(stream.median(8)).isCloseTo(stream.modelMedian(8), within(0.5));
    }

    @Test
    void anAnswerThatIsNotFiniteIsReplacedAndTeachesNothingAboutTheModel() {
        MixtureStream stream = new MixtureStream(tick -> 0, tick -> tick == 600 ? Double.NaN : 0);
        stream.play(600);
        double before = stream.median(4) - stream.modelMedian(4);
        stream.play(1);
        assertThat(stream.published.quality()).isEqualTo(ForecastQuality.FALLBACK);
        assertThat(Arrays.stream(stream.published.quantiles())).allMatch(Double::isFinite);
        assertThat(Arrays.stream(stream.published.mean())).allMatch(Double::isFinite);
        assertThat(stream.median(4)).isCloseTo(MixtureStream.cycle(604), within(12.0));
        assertThat(stream.published.quantile(3, 6)).isGreaterThan(stream.median(4));
        stream.play(40);
        assertThat(stream.feedback.isFallback()).isFalse();
        assertThat(stream.published.quality()).isEqualTo(ForecastQuality.OK);
        assertThat(stream.median(4) - stream.modelMedian(4)).isCloseTo(before, within(0.5));
    }

    @Test
    void anAbsurdReadingChangesNeitherThisForecastNorLaterOnesForLong() {
        MixtureStream disturbed = new MixtureStream(tick -> tick == 600 ? 1e12 : 0, tick -> 0);
        disturbed.play(601);
        assertThat(disturbed.median(1)).isCloseTo(MixtureStream.cycle(601), within(3.0));
        disturbed.play(2 * MixtureStream.SEASON);
        MixtureStream undisturbed = MixtureStream.undisturbed();
        undisturbed.play(601 + 2 * MixtureStream.SEASON);
        for (int step = 1; step <= MixtureStream.HORIZON; step++) {
            assertThat(disturbed.median(step)).isCloseTo(undisturbed.median(step), within(1.0));
        }
        assertThat(disturbed.feedback.isFallback()).isFalse();
        assertThat(disturbed.feedback.isDegraded()).isFalse();
    }

    @Test
    void anAbsurdFirstReadingIsForgotten() {
        MixtureStream stream = new MixtureStream(tick -> tick == 0 ? 1e12 : 0, tick -> 0);
        stream.play(900);
        for (int step = 1; step <= MixtureStream.HORIZON; step++) {
            assertThat(stream.median(step)).isCloseTo(stream.modelMedian(step), within(1.0));
        }
    }

    @Test
    void afterALastingShiftThatTheModelMissesTheLastValueTakesOver() {
        MixtureStream stream = new MixtureStream(tick -> tick >= 600 ? -1000 : 0, tick -> 0);
        stream.play(700);
        for (int step = 1; step <= MixtureStream.HORIZON; step++) {
            double truth = MixtureStream.cycle(stream.tick() + step) - 1000;
            assertThat(stream.median(step)).isCloseTo(truth, within(25.0));
        }
        assertThat(stream.feedback.isDegraded()).isTrue();
    }

    @Test
    void missingTicksTeachNothingAndForecastsGoOn() {
        MixtureStream stream =
                new MixtureStream(tick -> tick % 5 == 3 || tick > 590 ? Double.NaN : 0, tick -> 0);
        stream.play(600);
        assertThat(Arrays.stream(stream.published.quantiles())).allMatch(Double::isFinite);
        assertThat(stream.median(2)).isCloseTo(stream.modelMedian(2), within(1.5));
    }

    @Test
    void aConstantSeriesIsForecastExactly() {
        SeriesFeedback feedback =
                SeriesFeedback.of(new FeedbackSettings(false, true, null), MixtureStream.SHAPE);
        Forecast published = null;
        double value = 0.1;
        for (int tick = 0; tick < 300; tick++) {
            feedback.observe(tick, value);
            published =
                    feedback.issue(
                            TestForecasts.normal(tick, MixtureStream.HORIZON, value, 0),
                            TestForecasts.simple(value, MixtureStream.HORIZON));
        }
        assertThat(published.quantiles()).containsOnly(value);
        assertThat(published.mean()).containsOnly(value);
        assertThat(feedback.isFallback()).isFalse();
    }

    @Test
    void intervalsThatAreFarTooNarrowInTheBeginningMakeNoSeriesDegradedLater() {
        SeriesFeedback feedback =
                SeriesFeedback.of(new FeedbackSettings(true, true, null), MixtureStream.SHAPE);
        Random random = new Random(4);
        for (int tick = 0; tick < 400; tick++) {
            double value = random.nextGaussian();
            feedback.observe(tick, value);
            feedback.issue(
                    TestForecasts.normal(tick, MixtureStream.HORIZON, 0, tick < 20 ? 1e-6 : 1),
                    TestForecasts.simple(value, MixtureStream.HORIZON));
            assertThat(feedback.isDegraded()).as("tick %d", tick).isFalse();
        }
    }

    @Test
    void withoutAnyReadingTheForecastIsTheModels() {
        SeriesFeedback feedback =
                SeriesFeedback.of(new FeedbackSettings(false, true, null), MixtureStream.SHAPE);
        Forecast raw = TestForecasts.normal(5, MixtureStream.HORIZON, 3, 1);
        SimpleForecasts none = SimpleForecasts.ofNaive(Double.NaN, MixtureStream.HORIZON);
        feedback.observe(5, Double.NaN);
        assertThat(feedback.issue(raw, none)).isEqualTo(raw);
    }

    @Test
    void beforeErrorsAreKnownTheModelAloneHasTheSayWhateverTheLastValueIs() {
        ForecastMixture mixture = newMixture();
        Forecast raw = TestForecasts.normal(5, MixtureStream.HORIZON, 10, 1);
        for (double last : new double[] {0, 1e12}) {
            Forecast mixed =
                    Mixing.mix(
                            mixture,
                            MixtureStream.SHAPE,
                            raw,
                            TestForecasts.simple(last, MixtureStream.HORIZON));
            assertThat(mixed.quantiles()).containsExactly(raw.quantiles(), within(1e-9));
            assertThat(mixed.mean()).containsExactly(raw.mean(), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 1e12})
    void theSpreadOfASimpleForecasterIsThatOfItsErrors(double scale) {
        MixtureStream stream = new MixtureStream(scale, tick -> 0, tick -> 1e3);
        stream.play(2_000);
        assertThat(stream.feedback.isFallback()).isTrue();
        // Differences of seasonal naive have a deviation of sqrt 2 times the noise.
        double low = stream.published.quantile(3, 1);
        double high = stream.published.quantile(3, 5);
        assertThat((high - low) / 2 / 1.2816 / scale).isCloseTo(Math.sqrt(2), within(0.45));
    }

    @Test
    void aStateThatWasWrittenAndReadGoesOnAlike() throws IOException {
        MixtureStream stream =
                new MixtureStream(tick -> tick == 300 ? 1e6 : 0, tick -> tick > 350 ? 20 : 0);
        MixtureStream twin =
                new MixtureStream(tick -> tick == 300 ? 1e6 : 0, tick -> tick > 350 ? 20 : 0);
        for (int part = 0; part < 6; part++) {
            stream.play(100);
            twin.play(100);
            stream.feedback = copy(stream.feedback);
            assertThat(stream.published).isEqualTo(twin.published);
        }
    }

    private static SeriesFeedback copy(SeriesFeedback feedback) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        feedback.writeTo(new DataOutputStream(bytes));
        assertThat(bytes.size()).isEqualTo(feedback.bytes());
        return SeriesFeedback.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                FeedbackPlan.of(feedback.settings(), MixtureStream.SHAPE));
    }

    private static ForecastMixture newMixture() {
        return new ForecastMixture(new MixturePlan(MixtureStream.SHAPE));
    }
}
