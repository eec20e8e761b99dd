package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page of metrics to what the job registers. */
final class MetricsPageTest {
    private static final Pattern REGISTERED =
            Pattern.compile("\\b(?:counter|gauge|histogram|meter)\\(\\s*\"(\\w+)\"");

    @Test
    void everyNumberOfTheListIsARowWithItsMeaning() throws IOException {
        String page = Repository.read("docs/metrics.md");
        for (JobCounter count : JobCounter.values()) {
            assertThat(page).contains(row(count.metric(), count.meaning()));
        }
        for (JobGauge gauge : JobGauge.values()) {
            assertThat(page).contains(row(gauge.metric(), gauge.meaning()));
        }
    }

    @Test
    void everyMetricThatIsRegisteredByItselfIsARow() throws IOException {
        String page = Repository.read("docs/metrics.md");
        TreeSet<String> names = new TreeSet<>();
        for (Path file : Repository.files()) {
            if (file.startsWith(Repository.root().resolve("src/main/java"))) {
                Matcher registered = REGISTERED.matcher(Repository.text(file).orElse(""));
                while (registered.find()) {
                    names.add(registered.group(1));
                }
            }
        }
        assertThat(names).contains("microBatchSize", "seriesHeld", "cacheHitRate");
        assertThat(names).allSatisfy(name -> assertThat(page).contains("\n| `" + name + "` | "));
    }

    private static String row(String metric, String meaning) {
        return "\n| `%s` | %s |\n".formatted(metric, meaning);
    }
}
