package io.tickformer.job;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.kafka.issued.FeedbackFieldReader.Found;
import io.tickformer.process.JavaProcess;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.SeasonalModels;
import io.tickformer.testing.SharedServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users may expect of the job's word on its own forecasts, while all that makes forecasts hard
 * to trust happens to its stream. Two jobs read {@link TrustStream} from a real broker. One is
 * undisturbed; the other is killed in the midst of the other season and continues from its newest
 * checkpoint.
 *
 * <p>Bounds of coverage are measured figures with a margin of two standard errors or more: 1,000
 * independent ticks give the coverage of an 80 % interval to 1.3 points.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class TrustIT {
    private static final TrustStream STREAM = new TrustStream(1);

    /** The killed job has seen the stream up to here, and forecast it up to the second. */
    private static final int SENT_BEFORE_THE_KILL = 1_100;

    private static final int FORECAST_BEFORE_THE_KILL = 950;

    /** Ticks until there is enough evidence that the model is worse. */
    private static final int LEFT_OUT_WITHIN = 320;

    private static final IntPredicate ALL = series -> series < TrustStream.SERIES;
    private static final IntPredicate SHIFTED = series -> series < TrustStream.SHIFTED;
    private static final IntPredicate OTHER_SEASON = ALL.and(SHIFTED.negate());

    @TempDir private static Path folder;
    private static String broker;
    private static TrustJob undisturbed;
    private static TrustJob killed;
    private static List<Forecast> forecasts;
    private static List<Found> anomalies;
    private static List<Found> events;

    @BeforeAll
    static void runBothJobs() throws Exception {
        broker = SharedServers.broker().bootstrapServers();
        TrustJob.createTopics(broker, 2, "trust");
        undisturbed = new TrustJob(broker, "trust", "trust-undisturbed", folder);
        killed = new TrustJob(broker, "trust", "trust-killed", folder);
        TrustJob.send(broker, "trust", STREAM.observations(0, SENT_BEFORE_THE_KILL));
        JobClient first = undisturbed.start();
        int all = STREAM.forecasts(TrustStream.TICKS - 1).size();
        try (JavaProcess process = killed.startProcess()) {
            killed.awaitForecasts(
                    STREAM.forecasts(FORECAST_BEFORE_THE_KILL).size(), process::isAlive);
            TrustJob.send(
                    broker, "trust", STREAM.observations(SENT_BEFORE_THE_KILL, TrustStream.TICKS));
            process.kill();
        }
        undisturbed.awaitForecastsAndStop(first, all);
        JobClient second =
                killed.start("--flink.execution.state-recovery.path=" + killed.newestCheckpoint());
        killed.awaitForecastsAndStop(second, all);
        forecasts = undisturbed.forecasts();
        anomalies = undisturbed.anomalies();
        events = undisturbed.events();
    }

    @AfterAll
    static void close() {
        undisturbed.close();
        killed.close();
    }

    @Test
    void everyTickOfEverySeriesHasOneFiniteForecast() {
        assertThat(identities(forecasts))
                .isEqualTo(STREAM.forecasts(TrustStream.TICKS - 1).stream().sorted().toList());
        for (Forecast each : forecasts) {
            assertThat(DoubleStream.concat(stream(each.quantiles()), stream(each.mean())))
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void aKillInBetweenLosesDoublesOrChangesNothing() throws Exception {
        ForecastCheck.assertSame(killed.forecasts(), forecasts);
        FeedbackCheck.assertSame(
                FeedbackCheck.ofSeries(killed.scores()),
                FeedbackCheck.ofSeries(undisturbed.scores()));
        FeedbackCheck.assertSame(killed.anomalies(), anomalies);
        FeedbackCheck.assertSame(killed.events(), events);
    }

    @Test
    void coverageIsNominalBeforeAnythingHappensAndComesBackAfterEachEvent() {
        // The model's own intervals hold 56 %.
        assertThat(coverage(OTHER_SEASON, 500, TrustStream.OTHER_SEASON))
                .as("before anything happens")
                .isCloseTo(0.8, within(0.05));
        assertThat(coverage(SHIFTED, TrustStream.LEVEL_SHIFT + 100, TrustStream.DOUBLED_VARIANCE))
                .as("on another level")
                .isCloseTo(0.8, within(0.04));
        assertThat(coverage(OTHER_SEASON, TrustStream.OTHER_SEASON + 200, TrustStream.USUAL_SEASON))
                .as("in another season")
                .isCloseTo(0.8, within(0.1));
        assertThat(
                        coverage(
                                OTHER_SEASON,
                                TrustStream.USUAL_SEASON + 100,
                                TrustStream.DOUBLED_VARIANCE))
                .as("in the usual season again")
                .isCloseTo(0.8, within(0.03));
        assertThat(coverage(ALL, TrustStream.DOUBLED_VARIANCE + 200, TrustStream.SILENCE))
                .as("with twice the variance")
                .isCloseTo(0.8, within(0.03));
        assertThat(coverage(TrustIT::isSilent, TrustStream.SPEECH, TrustStream.TICKS))
                .as("after a silence")
                .isCloseTo(0.8, within(0.05));
    }

    @Test
    void theForecastsSayThatTheyAreCalibratedOnceTheyAre() {
        assertThat(
                        identities(
                                forecasts.stream()
                                        .filter(each -> each.calibrated() && tick(each) < 10)
                                        .toList()))
                .isEmpty();
        assertThat(
                        identities(
                                forecasts.stream()
                                        .filter(
                                                each ->
                                                        !each.calibrated()
                                                                && tick(each)
                                                                        >= TrustStream.LEVEL_SHIFT)
                                        .toList()))
                .isEmpty();
    }

    @Test
    void anomaliesAreReportedWhereTheStreamChangesAndRarelyInBetween() {
        for (int series = 0; series < TrustStream.SHIFTED; series++) {
            assertThat(ticksOf(anomalies, TrustStream.name(series)))
                    .as("level of series %d", series)
                    .anyMatch(isWithin(TrustStream.LEVEL_SHIFT, 3));
        }
        for (int series = TrustStream.SHIFTED; series < TrustStream.SERIES; series++) {
            assertThat(ticksOf(anomalies, TrustStream.name(series)))
                    .as("season of series %d", series)
                    .anyMatch(isWithin(TrustStream.OTHER_SEASON, 36));
        }
        assertThat(ticksOf(anomalies, TrustStream.BREAKING))
                .as("first of the values that break the model")
                .contains(290);
        long quiet =
                IntStream.range(0, TrustStream.SERIES)
                        .mapToLong(
                                series ->
                                        ticksOf(anomalies, TrustStream.name(series)).stream()
                                                .filter(tick -> TrustStream.isQuiet(series, tick))
                                                .count())
                        .sum();
        long quietTicks =
                IntStream.range(0, TrustStream.SERIES)
                        .mapToLong(
                                series ->
                                        IntStream.range(0, TrustStream.TICKS)
                                                .filter(tick -> TrustStream.isQuiet(series, tick))
                                                .count())
                        .sum();
        // At most one in 1,000 is asked for.
        assertThat(1000.0 * quiet / quietTicks).as("of 1,000 quiet ticks").isLessThan(1);
    }

    @Test
    void whereAnotherSeasonMakesTheModelWorseItIsLeftOutUntilTheSeasonIsBack() {
        for (int series = TrustStream.SHIFTED; series < TrustStream.SERIES; series++) {
            String name = TrustStream.name(series);
            assertThat(ticksOf(ofKind(ForecastEventKind.FALLBACK_BEGAN), name))
                    .as(name)
                    .hasSize(1)
                    .allMatch(isWithin(TrustStream.OTHER_SEASON, LEFT_OUT_WITHIN));
            assertThat(ticksOf(ofKind(ForecastEventKind.FALLBACK_ENDED), name))
                    .as(name)
                    .hasSize(1)
                    .allMatch(isWithin(TrustStream.USUAL_SEASON, 150));
            assertThat(forecasts)
                    .filteredOn(each -> each.series().equals(name))
                    .filteredOn(
                            each ->
                                    tick(each) >= TrustStream.OTHER_SEASON + LEFT_OUT_WITHIN
                                            && tick(each) < TrustStream.USUAL_SEASON)
                    .extracting(Forecast::quality)
                    .containsOnly(ForecastQuality.FALLBACK);
        }
        for (int series = 0; series < TrustStream.SHIFTED; series++) {
            assertThat(ticksOf(ofKind(ForecastEventKind.FALLBACK_BEGAN), TrustStream.name(series)))
                    .isEmpty();
        }
    }

    @Test
    void thatManySeriesAreForecastWorseAtOnceIsADrift() {
        assertThat(ticksOf(ofKind(ForecastEventKind.DRIFT_BEGAN), ""))
                .hasSize(1)
                .allMatch(isWithin(TrustStream.OTHER_SEASON, 100));
        assertThat(ticksOf(ofKind(ForecastEventKind.DRIFT_ENDED), "")).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotANumberIsReplacedAndSaysSo() {
        assertThat(forecasts)
                .filteredOn(each -> each.series().equals(TrustStream.BREAKING))
                .filteredOn(each -> TrustStream.isBreaking(tick(each)))
                .hasSizeGreaterThan(9)
                .extracting(Forecast::quality)
                .containsOnly(ForecastQuality.FALLBACK);
    }

    @Test
    void aModelWhoseCallsFailIsLeftOutForAWhileAndNoTickGoesWithoutAForecast() throws Exception {
        TrustJob.createTopics(broker, 1, "trust-failing");
        int ticks = 400;
        List<Observation> observations = new ArrayList<>();
        for (Observation each : STREAM.observations(0, ticks)) {
            boolean fails =
                    TrustStream.tick(each.eventTimeMillis() / SeasonalModels.TICK_MILLIS) == 200;
            double factor = fails ? 100 : 1;
            observations.add(
                    new Observation(each.series(), each.eventTimeMillis(), factor * each.value()));
        }
        try (TrustJob job = new TrustJob(broker, "trust-failing", "trust-failed", folder)) {
            JobClient client = job.start("--forecast.micro-batch-size=16");
            TrustJob.send(broker, "trust-failing", observations);
            List<String> expected = STREAM.forecasts(ticks - 1);
            job.awaitForecastsAndStop(client, expected.size());

            List<Forecast> all = job.forecasts();
            assertThat(identities(all)).isEqualTo(expected.stream().sorted().toList());
            assertThat(all)
                    .filteredOn(each -> tick(each) == 200)
                    .extracting(Forecast::quality)
                    .containsOnly(ForecastQuality.FALLBACK);
            List<Found> found = job.events();
            assertThat(ofKind(found, ForecastEventKind.MODEL_FAILED)).isNotEmpty();
            assertThat(ofKind(found, ForecastEventKind.MODEL_RECOVERED))
                    .hasSameSizeAs(ofKind(found, ForecastEventKind.MODEL_FAILED));
        }
    }

    private static boolean isSilent(int series) {
        return series < TrustStream.SILENT;
    }

    private static List<String> identities(List<Forecast> forecasts) {
        return forecasts.stream()
                .map(each -> TrustStream.identity(each.series(), each.tickIndex()))
                .sorted()
                .toList();
    }

    private static int tick(Forecast forecast) {
        return TrustStream.tick(forecast.tickIndex());
    }

    private static List<Found> ofKind(ForecastEventKind kind) {
        return ofKind(events, kind);
    }

    private static List<Found> ofKind(List<Found> events, ForecastEventKind kind) {
        return events.stream()
                .filter(each -> kind.name().equals(each.fields().get("kind")))
                .toList();
    }

    private static List<Integer> ticksOf(List<Found> records, String series) {
        return records.stream()
                .filter(each -> each.series().equals(series))
                .map(each -> TrustStream.tick(each.tickIndex()))
                .toList();
    }

    private static Predicate<Integer> isWithin(int from, int ticks) {
        return tick -> tick >= from && tick < from + ticks;
    }

    /**
     * The share of values of some series within the 80 % interval of the forecasts made for them,
     * over all steps.
     *
     * @param from first target tick
     * @param to target tick after the last
     */
    private static double coverage(IntPredicate isMeant, int from, int to) {
        long inside = 0;
        long all = 0;
        for (Forecast forecast : forecasts) {
            int series = TrustStream.indexOf(forecast.series());
            if (!isMeant.test(series)) {
                continue;
            }
            for (int step = 0; step < SeasonalModels.H; step++) {
                int target = tick(forecast) + 1 + step;
                double value =
                        target >= from && target < to ? STREAM.value(series, target) : Double.NaN;
                if (!Double.isNaN(value)) {
                    all++;
                    inside +=
                            value >= forecast.quantile(step, 1)
                                            && value <= forecast.quantile(step, 3)
                                    ? 1
                                    : 0;
                }
            }
        }
        return inside / (double) all;
    }
}
