package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.issued.ForecastProgress;
import io.tickformer.kafka.topic.RewindPlan;
import io.tickformer.operator.NewestForecastTicks;
import io.tickformer.operator.PartlyReadTickFilter;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which ticks a job that starts again does not forecast, and what it says of that. */
final class ResumePointsTest {
    private static final long TICK = 60_000;
    private static final Map<String, Long> NEWEST = Map.of("a", 9L, "b", 12L);

    private static ResumePoints.Begun fromStart() {
        return new ResumePoints.Begun(true, Optional.empty(), 77_000);
    }

    private static ResumePoints.Begun fromEarliest() {
        return new ResumePoints.Begun(false, Optional.empty(), 77_000);
    }

    /** Ticks 5 to 12, of which 7 was forecast where reading began. */
    private static ForecastProgress issued(Map<String, Long> newest, boolean isWhole) {
        return new ForecastProgress(newest, isWhole, 7, 5, 9, 100, 0);
    }

    private static void assertOthersFrom(
            ForecastProgress issued, ResumePoints.Begun begun, long expected) {
        assertThat(ResumePoints.of(issued, begun, TICK).ticks())
                .isEqualTo(NewestForecastTicks.of(issued.newest(), expected));
    }

    @Test
    void whereAllForecastsAreKnownSeriesWithoutAnyAreForecastAsTheJobBegan() {
        assertOthersFrom(issued(NEWEST, true), fromStart(), 5 * TICK);
        assertOthersFrom(issued(NEWEST, true), fromEarliest(), Long.MIN_VALUE);
        assertOthersFrom(
                issued(NEWEST, true),
                new ResumePoints.Begun(true, Optional.of(123_456L), 77_000),
                123_456);
    }

    @Test
    void whereOnlyTheNewestAreKnownSeriesWithoutAnyWereForecastBeforeThem() {
        assertOthersFrom(issued(NEWEST, false), fromStart(), 8 * TICK);
        assertOthersFrom(issued(NEWEST, false), fromEarliest(), 8 * TICK);
    }

    @Test
    void whereThereIsNoForecastTheJobGoesOnFromWhereItStopped() {
        assertOthersFrom(issued(Map.of(), true), fromStart(), 77_000);
        assertOthersFrom(issued(Map.of(), false), fromStart(), 77_000);
        assertOthersFrom(issued(Map.of(), false), fromEarliest(), Long.MIN_VALUE);
    }

    @Test
    void moreSeriesThanCanBeListedGoOnFromTheTickThatMostHaveComeTo() {
        Map<String, Long> newest = Map.of("a", 20L, "b", 20L, "c", 20L, "d", 19L, "e", 3L);

        ResumePoints done = ResumePoints.of(issued(newest, true), fromStart(), TICK, 3);

        assertThat(done.ticks())
                .isEqualTo(NewestForecastTicks.of(Map.of("d", 19L, "e", 3L), 21 * TICK));
        assertThat(done.unlisted()).isEqualTo(3);
    }

    @Test
    void ticksFromWhereReadingBeginsAreWholeAndAReplayOfThePastCountsByItsOwnTime() {
        assertThat(ResumePlan.whole(Long.MIN_VALUE, 5)).isEqualTo(PartlyReadTickFilter.ALL);
        assertThat(ResumePlan.whole(7_000, -3)).isEqualTo(new PartlyReadTickFilter(7_000));
        assertThat(ResumePlan.whole(7_000, 5_000)).isEqualTo(new PartlyReadTickFilter(2_000));
    }

    @Test
    void theTerminalSaysHowFarItReadsBackAndForHowManySeries() {
        assertThat(words(888, Duration.ofMinutes(904), Optional.empty(), issued(NEWEST, true)))
                .containsExactly(
                        "the job was started before: it re-reads 15 h of its topics, 888 records,"
                                + " to fill its contexts",
                        "2 series continue after their newest forecast in the topic out");
    }

    @Test
    void theTerminalSaysWhatRetentionHasTakenAndWhatIsNoForecast() {
        ForecastProgress issued = new ForecastProgress(Map.of(), true, 0, 0, 0, 0, 3);

        assertThat(words(1_234, Duration.ofMinutes(4), Optional.of(Duration.ofMinutes(4)), issued))
                .containsExactly(
                        "the job was started before: it re-reads 4 min of its topics, 1,234"
                                + " records, to fill its contexts",
                        "the topic out has no forecasts of this job yet",
                        "the topics have only 4 min of history: the contexts start with 4 of "
                                + TestModels.STREAMING.ringTicks()
                                + " ticks",
                        "3 records of the topic out are not forecasts with ticks of 60 s and are"
                                + " ignored");
    }

    private static List<String> words(
            long records, Duration span, Optional<Duration> held, ForecastProgress issued) {
        RewindPlan back = new RewindPlan(Map.of(), Map.of(), records, span, held, 0);
        return new ResumeNotices(back, issued, "out", TestModels.STREAMING).notices(0);
    }
}
