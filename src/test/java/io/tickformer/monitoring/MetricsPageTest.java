package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page of metrics to what the job registers. */
final class MetricsPageTest {
    private static final Pattern REGISTERED =
            Pattern.compile("\\b(?:counter|gauge|histogram|meter)\\(\\s*\"\\w+\"");

    @Test
    void thePageIsTheOutputOfTheCommand() throws IOException {
        assertThat(Repository.read("docs/metrics.md")).isEqualTo(MetricDocs.markdown());
    }

    @Test
    void everyMetricOfTheListsIsARow() {
        List<String> names = new ArrayList<>();
        for (JobCounter count : JobCounter.values()) {
            names.add(count.owner().prometheusName(count.metric()));
        }
        for (JobGauge gauge : JobGauge.values()) {
            names.add(gauge.owner().prometheusName(gauge.metric()));
        }
        for (JobMetric metric : JobMetric.values()) {
            names.add(metric.owner().prometheusName(metric.metric()));
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(MetricDocs.markdown()).containsOnlyOnce(cell(name)));
    }

    private static String cell(String name) {
        return " | `" + name + "` | ";
    }

    @Test
    void noMetricIsRegisteredBesideTheLists() throws IOException {
        List<String> literals = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (file.startsWith(Repository.root().resolve("src/main/java"))) {
                REGISTERED
                        .matcher(Repository.text(file).orElse(""))
                        .results()
                        .map(MatchResult::group)
                        .forEach(literals::add);
            }
        }
        assertThat(literals).isEmpty();
    }
}
