package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.issued.FeedbackFieldReader.Found;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.SharedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint that a released job left after it had learned from its forecasts: the job of today
 * goes on from it as a job that was never stopped.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class GoldenFeedbackIT {
    private static final long FIRST_OPEN = GoldenFeedback.at(GoldenFeedback.SEEN - 1);

    @TempDir private Path folder;

    @Test
    void theJobGoesOnFromWhatAReleasedOneHadLearned() throws Exception {
        String broker = SharedServers.broker().bootstrapServers();
        int before = GoldenFeedback.observations(0, GoldenFeedback.SEEN - 1).size();
        int all = GoldenFeedback.observations(0, GoldenFeedback.TICKS - 1).size();
        TrustJob.createTopics(broker, 1, GoldenFeedback.INPUT);
        TrustJob.send(
                broker, GoldenFeedback.INPUT, GoldenFeedback.observations(0, GoldenFeedback.TICKS));
        try (TrustJob continued = GoldenFeedback.job(broker, folder);
                TrustJob undisturbed =
                        new TrustJob(
                                broker,
                                GoldenFeedback.INPUT,
                                "golden-feedback-undisturbed",
                                folder)) {
            String savepoint = GoldenSavepoints.path(GoldenFeedback.NAME).toUri().toString();
            continued.awaitForecastsAndStop(
                    continued.start("--flink.execution.state-recovery.path=" + savepoint),
                    all - before);
            undisturbed.awaitForecastsAndStop(undisturbed.start(), all);

            List<Forecast> expected =
                    undisturbed.forecasts().stream()
                            .filter(each -> each.tickIndex() >= FIRST_OPEN)
                            .toList();
            assertThat(qualities(expected, GoldenFeedback.WALK)).contains(ForecastQuality.FALLBACK);
            assertThat(qualities(expected, GoldenFeedback.SEASON)).containsOnly(ForecastQuality.OK);
            assertThat(expected).allMatch(Forecast::calibrated);
            ForecastCheck.assertSame(continued.forecasts(), expected);
            assertThat(continued.forecasts()).allMatch(Forecast::calibrated);
            FeedbackCheck.assertSame(
                    FeedbackCheck.ofSeries(continued.scores()),
                    FeedbackCheck.ofSeries(sinceThen(undisturbed.scores())));
            List<Found> anomalies = sinceThen(undisturbed.anomalies());
            assertThat(anomalies)
                    .extracting(each -> each.series() + "@" + each.tickIndex())
                    .contains(GoldenFeedback.SPIKES + "@" + GoldenFeedback.at(545));
            FeedbackCheck.assertSame(continued.anomalies(), anomalies);
        }
    }

    private static List<ForecastQuality> qualities(List<Forecast> forecasts, String series) {
        return forecasts.stream()
                .filter(each -> each.series().equals(series))
                .map(Forecast::quality)
                .toList();
    }

    private static List<Found> sinceThen(List<Found> records) {
        return records.stream().filter(each -> each.tickIndex() >= FIRST_OPEN).toList();
    }
}
