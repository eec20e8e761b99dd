package io.tickformer.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.topic.RewindPlan.Past;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** From where a job reads again, planned from what the brokers say. */
final class RewindPlanTest {
    private static final TopicPartition ONE = new TopicPartition("in", 0);
    private static final TopicPartition TWO = new TopicPartition("in", 1);
    private static final Duration BACK = Duration.ofMillis(300);
    private static final long NOW = 10_000;

    private static RewindPlan plan(
            Map<TopicPartition, Past> pasts, Map<TopicPartition, Long> found) {
        return RewindPlan.of(pasts, RewindPlan.times(pasts, NOW, BACK), found);
    }

    @Test
    void eachPartitionGoesBackFromItsOwnNewestRecord() {
        Map<TopicPartition, Past> pasts =
                Map.of(ONE, new Past(0, 100, 5_000, 10), TWO, new Past(0, 50, 2_000, 10));

        assertThat(RewindPlan.times(pasts, NOW, BACK)).isEqualTo(Map.of(ONE, 4_700L, TWO, 1_700L));
        RewindPlan plan = plan(pasts, Map.of(ONE, 60L, TWO, 20L));
        assertThat(plan.starts()).isEqualTo(Map.of(ONE, 60L, TWO, 20L));
        assertThat(plan.committed()).isEqualTo(Map.of(ONE, 100L, TWO, 50L));
        assertThat(plan.records()).isEqualTo(70);
        assertThat(plan.span()).isEqualTo(BACK);
        assertThat(plan.held()).isEmpty();
        assertThat(plan.partialBefore()).isEqualTo(4_700);
    }

    @Test
    void noPartitionGoesBackFromLaterThanTheTicksThatAreNotForecast() {
        Map<TopicPartition, Past> pasts =
                Map.of(ONE, new Past(0, 100, 5_000, 10), TWO, new Past(0, 50, 99_000, 10));

        assertThat(RewindPlan.times(pasts, 4_000, BACK))
                .isEqualTo(Map.of(ONE, 3_700L, TWO, 3_700L));
    }

    @Test
    void aTopicYoungerThanTheContextsIsReadFromItsFirstRecordAndItsTicksAreWhole() {
        RewindPlan plan = plan(Map.of(ONE, new Past(0, 100, 5_000, 4_900)), Map.of(ONE, 0L));

        assertThat(plan.starts()).isEqualTo(Map.of(ONE, 0L));
        assertThat(plan.span()).isEqualTo(Duration.ofMillis(100));
        assertThat(plan.held()).isEmpty();
        assertThat(plan.partialBefore()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whatRetentionHasDeletedIsSaidAndTheFirstTickIsPartial() {
        RewindPlan plan = plan(Map.of(ONE, new Past(40, 100, 5_000, 4_900)), Map.of(ONE, 40L));

        assertThat(plan.starts()).isEqualTo(Map.of(ONE, 40L));
        assertThat(plan.records()).isEqualTo(60);
        assertThat(plan.held()).contains(Duration.ofMillis(100));
        assertThat(plan.partialBefore()).isEqualTo(4_900);
    }

    @Test
    void aPartitionOfWhichNothingIsLeftThatWasReadGoesOnAtItsBeginning() {
        Map<TopicPartition, Past> pasts =
                Map.of(ONE, new Past(100, 100, Past.UNKNOWN, Past.UNKNOWN));

        assertThat(RewindPlan.times(pasts, NOW, BACK)).isEmpty();
        RewindPlan plan = plan(pasts, Map.of());
        assertThat(plan.starts()).isEqualTo(Map.of(ONE, 100L));
        assertThat(plan.records()).isZero();
        assertThat(plan.partialBefore()).isEqualTo(Past.UNKNOWN);
    }

    @Test
    void whereClocksGoWrongAllIsReadAndNothingIsSkipped() {
        // No record at the time or after it; and one found behind what was read.
        Map<TopicPartition, Past> pasts =
                Map.of(ONE, new Past(0, 100, 5_000, 10), TWO, new Past(0, 50, 5_000, 10));

        assertThat(plan(pasts, Map.of(TWO, 70L)).starts()).isEqualTo(Map.of(ONE, 0L, TWO, 50L));
    }
}
