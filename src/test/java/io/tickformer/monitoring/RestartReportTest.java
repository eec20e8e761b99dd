package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RestartReportTest {
    private static final Failure TIMEOUT = new Failure("too long", Optional.of("shorten it"));
    private static final Failure GONE = new Failure("the topic is gone", Optional.empty());

    private final RestartReport story = new RestartReport();

    @Test
    void eachRestartIsALineAndTheSameReasonIsNotSaidTwice() {
        assertThat(story.restarted(TIMEOUT, 0)).containsExactly("restart 1: too long; shorten it");
        assertThat(story.restarted(TIMEOUT, 5)).containsExactly("restart 2: for the same reason");
        assertThat(story.restarted(GONE, 5)).containsExactly("restart 3: the topic is gone");
        assertThat(story.restarts()).isEqualTo(3);
    }

    @Test
    void restartsWithoutAForecastBetweenAreSaidOnce() {
        assertThat(story.restarted(TIMEOUT, 7)).hasSize(1);
        assertThat(story.restarted(TIMEOUT, 7)).hasSize(1);
        assertThat(story.restarted(TIMEOUT, 7))
                .containsExactly(
                        "restart 3: for the same reason",
                        "attention: the job keeps restarting for the same reason and issues no"
                                + " forecasts: shorten it");
        assertThat(story.restarted(TIMEOUT, 7)).hasSize(1);
    }

    @Test
    void restartsBetweenForecastsAreNoLoop() {
        for (int i = 0; i < 10; i++) {
            assertThat(story.restarted(TIMEOUT, 100L * i)).hasSize(1);
        }
    }
}
