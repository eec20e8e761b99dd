package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.kafka.issued.FeedbackFieldReader.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares the scores, anomalies or events of jobs that saw the same stream. */
final class FeedbackCheck {
    private FeedbackCheck() {}

    /** Asserts the same records in any order, but for rounding. */
    static void assertSame(List<Found> actual, List<Found> expected) {
        assertThat(expected).isNotEmpty();
        List<Found> left = sorted(actual);
        List<Found> right = sorted(expected);
        assertThat(left)
                .extracting(FeedbackCheck::identity)
                .containsExactlyElementsOf(right.stream().map(FeedbackCheck::identity).toList());
        for (int i = 0; i < left.size(); i++) {
            assertSame(identity(right.get(i)), left.get(i).fields(), right.get(i).fields());
        }
    }

    /** Those of the whole job hold what series have said by a watermark. */
    static List<Found> ofSeries(List<Found> scores) {
        return scores.stream().filter(each -> !each.series().isEmpty()).toList();
    }

    private static List<Found> sorted(List<Found> records) {
        return records.stream()
                .sorted(
                        Comparator.comparing(Found::series)
                                .thenComparing(Found::tickIndex)
                                .thenComparing(FeedbackCheck::identity))
                .toList();
    }

    private static String identity(Found record) {
        return "%s@%d %s"
                .formatted(
                        record.series(),
                        record.tickIndex(),
                        record.fields().getOrDefault("kind", ""));
    }

    private static void assertSame(String name, Object actual, Object expected) {
        if (actual instanceof Number number && expected instanceof Number other) {
            double wanted = other.doubleValue();
            assertThat(number.doubleValue())
                    .as(name)
                    .isCloseTo(wanted, within(1e-6 + 1e-4 * Math.abs(wanted)));
        } else if (actual instanceof List<?> these && expected instanceof List<?> those) {
            assertThat(these).as(name).hasSameSizeAs(those);
            for (int i = 0; i < these.size(); i++) {
                assertSame(name, these.get(i), those.get(i));
            }
        } else if (actual instanceof Map<?, ?> these && expected instanceof Map<?, ?> those) {
            assertThat(new TreeSet<Object>(these.keySet()))
                    .as(name)
                    .isEqualTo(new TreeSet<Object>(those.keySet()));
            these.forEach((key, value) -> assertSame(name + " " + key, value, those.get(key)));
        } else {
            assertThat(actual).as(name).isEqualTo(expected);
        }
    }
}
