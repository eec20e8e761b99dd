package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.testing.Observability;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/monitoring.md and the files of Prometheus and Grafana to each other. */
final class MonitoringPageTest {
    private static final Pattern SECTION = Pattern.compile("(?m)^### (\\w+)$");
    private static final Pattern SETTING =
            Pattern.compile("`((?:job|source|sink|feedback|forecast|checkpoint)\\.[a-z-]+)[`: ]");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)]+)\\)");

    @Test
    void everyAlertHasASectionThatSaysWhatToDo() throws IOException {
        assertThat(found(SECTION))
                .containsExactlyElementsOf(
                        Observability.alerts().stream().map(Observability.Alert::name).toList());
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItIsSilent() throws IOException {
        Map<String, Set<String>> jobs = new LinkedHashMap<>();
        for (JsonNode test : Observability.yaml("rules-test.yml").get("tests")) {
            JsonNode rule = test.get("alert_rule_test").get(0);
            Set<String> outcomes =
                    jobs.computeIfAbsent(rule.get("alertname").asText(), name -> new HashSet<>());
            JsonNode expected = rule.get("exp_alerts");
            outcomes.add(expected.isEmpty() ? "silent" : "fires");
            boolean isJobBeside =
                    test.get("input_series").toString().contains("job_name=\\\"good\\\"")
                            && !expected.toString().contains("good");
            if (isJobBeside) {
                outcomes.add("silent");
            }
        }
        for (Observability.Alert alert : Observability.alerts()) {
            assertThat(jobs.get(alert.name())).as(alert.name()).contains("fires", "silent");
        }
    }

    @Test
    void everySettingThatThePageNamesExists() throws IOException {
        String options = Repository.read("docs/options.md");
        assertThat(found(SETTING))
                .hasSizeGreaterThan(8)
                .allSatisfy(key -> assertThat(options).contains("| `" + key + "` |"));
    }

    @Test
    void theReporterIsTheOneThatTheBuildBrings() throws Exception {
        String page = Repository.read("docs/monitoring.md");
        String name = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";
        assertThat(page).contains("metrics.reporter.prom.factory.class: " + name);
        assertThat(Class.forName(name)).isNotNull();
        assertThat(page).contains("metrics.reporter.prom.port: 9249");
        JsonNode flink = Observability.yaml("prometheus.yml").get("scrape_configs").get(0);
        assertThat(flink.get("dns_sd_configs").get(0).get("port").asInt()).isEqualTo(9249);
    }

    @Test
    void everyFileThatThePageLinksExists() throws IOException {
        for (String link : found(LINK)) {
            assertThat(Repository.root().resolve("docs").resolve(link)).exists();
        }
    }

    @Test
    void theDashboardShowsEveryCauseOfDeadLettersAndLateReadings() throws IOException {
        List<String> queries =
                Observability.panels().stream().flatMap(panel -> panel.queries().stream()).toList();
        List<JobCounter> causes = new ArrayList<>(JobCounter.DEAD_LETTERS.parts());
        causes.addAll(JobCounter.LATE_READINGS.parts());
        causes.addAll(JobCounter.REFUSED_READINGS.parts());
        for (JobCounter cause : causes) {
            assertThat(queries)
                    .as(cause.metric())
                    .anyMatch(
                            query ->
                                    query.contains(
                                            cause.owner().prometheusName(cause.metric()) + "{"));
        }
    }

    @Test
    void theDashboardTakesItsDataFromTheSourceThatTheViewerChooses() throws IOException {
        JsonNode dashboard = Observability.dashboard();
        assertThat(dashboard.get("uid").asText()).isEqualTo("tickformer");
        assertThat(dashboard.findValues("datasource"))
                .allSatisfy(
                        source ->
                                assertThat(source.get("uid").asText()).isEqualTo("${datasource}"));
        List<Integer> ids = new ArrayList<>();
        dashboard.get("panels").forEach(panel -> ids.add(panel.get("id").asInt()));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Observability.panels())
                .allSatisfy(panel -> assertThat(panel.queries()).isNotEmpty());
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Repository.read("docs/monitoring.md"))
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }
}
