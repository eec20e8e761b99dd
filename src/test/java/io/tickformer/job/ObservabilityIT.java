package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.JobMetric;
import io.tickformer.monitoring.MetricOwner;
import io.tickformer.process.Ports;
import io.tickformer.testing.Observability;
import io.tickformer.testing.PrometheusServer;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SeasonalModels;
import io.tickformer.testing.SharedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that forecasts, Flink's reporter, and a Prometheus server that scrapes it by the settings
 * of the containers. Every query of the dashboard, every metric of an alert and every documented
 * metric must have data. The job reads {@link TrustStream} into its other season, so there is a
 * drift.
 */
@Timeout(300)
final class ObservabilityIT {
    private static final int FIRST = 800;
    private static final int ALL = 950;

    /** A series that the settings watch. */
    private static final String WATCHED = TrustStream.name(5);

    private static final String EXCLUDED = "*.KafkaProducer*;*.KafkaSourceReader.KafkaConsumer*";
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");
    private static final TrustStream STREAM = new TrustStream(1);

    @TempDir private static Path folder;
    private static TrustJob job;
    private static JobClient client;
    private static PrometheusServer prometheus;
    private static List<Forecast> forecasts;

    /** Before the other season. */
    private static double usualCoverage;

    @BeforeAll
    static void runTheJobAndScrapeIt() throws Exception {
        assumeTrue(
                PrometheusServer.isPresent(),
                "needs Prometheus and promtool: the Debian package prometheus");
        String broker = SharedServers.broker().bootstrapServers();
        TrustJob.createTopics(broker, 2, "observed");
        int port = Ports.free();
        prometheus = PrometheusServer.start(folder, port);
        job = new TrustJob(broker, "observed", "observed-forecasts", folder);
        client =
                job.start(
                        "--flink.metrics.reporters=prom",
                        "--flink.metrics.reporter.prom.factory.class="
                                + "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                        "--flink.metrics.reporter.prom.port=" + port,
                        "--flink.metrics.reporter.prom.filter.excludes=" + EXCLUDED,
                        "--job.watched-series=" + WATCHED + ",of-nobody");
        TrustJob.send(broker, "observed", STREAM.observations(0, FIRST));
        int before = STREAM.forecasts(FIRST - 1).size();
        prometheus.await(sum(JobCounter.FORECASTS), value -> value >= before);
        usualCoverage = only("avg(" + name(JobMetric.COVERAGE_80) + ")");

        TrustJob.send(broker, "observed", STREAM.observations(FIRST, ALL));
        sendBad(broker);
        int all = STREAM.forecasts(ALL - 1).size();
        prometheus.await(sum(JobCounter.FORECASTS), value -> value == all);
        prometheus.await(sum(JobCounter.LATE_READINGS), value -> value == 2);
        prometheus.await(sum(JobCounter.DEAD_LETTERS), value -> value == 2);
        job.awaitForecasts(all, () -> true);
        forecasts = job.forecasts();
    }

    /** Two records that cannot be used, and two readings that are late. */
    private static void sendBad(String broker) throws Exception {
        List<Observation> last = STREAM.observations(ALL - 1, ALL);
        long newest = last.get(0).eventTimeMillis();
        TrustJob.send(
                broker,
                "observed",
                List.of(
                        new Observation(WATCHED, newest - 2 * SeasonalModels.TICK_MILLIS, 1),
                        new Observation(WATCHED, newest - 500 * SeasonalModels.TICK_MILLIS, 1)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String text : List.of("no JSON", "{\"series\":\"a\",\"value\":1}")) {
                producer.send(
                                new ProducerRecord<>(
                                        "observed", text.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (client != null) {
            client.cancel().get();
        }
        if (job != null) {
            job.close();
        }
    }

    private static String sum(JobCounter counter) {
        return "sum(" + counter.owner().prometheusName(counter.metric()) + ")";
    }

    private static String name(JobMetric metric) {
        return metric.owner().prometheusName(metric.metric());
    }

    private static double only(String expression) throws Exception {
        double[] values = prometheus.query(expression);
        assertThat(values).as(expression).hasSize(1);
        return values[0];
    }

    @Test
    void everyQueryOfTheDashboardFindsData() throws Exception {
        int queries = 0;
        for (Observability.Panel panel : Observability.panels()) {
            for (String query : panel.queries()) {
                queries++;
                String filled =
                        query.replace("$__rate_interval", "1m")
                                .replace("$job", "tickformer")
                                .replace("$subtask", "(0|1)")
                                .replace("$series", WATCHED.replace('-', '_'));
                assertThat(filled).doesNotContain("$");
                assertThat(Arrays.stream(prometheus.query(filled)).filter(Double::isFinite))
                        .as("%s: %s", panel.title(), filled)
                        .isNotEmpty();
            }
        }
        assertThat(queries).isGreaterThan(50);
    }

    @Test
    void everyVariableOfTheDashboardFindsTheMetricThatItsValuesComeFrom() throws Exception {
        for (JsonNode variable : Observability.dashboard().at("/templating/list")) {
            if (variable.get("type").asText().equals("query")) {
                MatchResult metric =
                        METRIC.matcher(variable.get("definition").asText())
                                .results()
                                .findFirst()
                                .orElseThrow();
                assertThat(prometheus.query(metric.group())).as(metric.group()).isNotEmpty();
            }
        }
    }

    @Test
    void everyMetricOfAnAlertHasDataAndEveryRuleIsEvaluated() throws Exception {
        Set<String> metrics = new TreeSet<>();
        for (Observability.Alert alert : Observability.alerts()) {
            METRIC.matcher(alert.expression())
                    .results()
                    .map(MatchResult::group)
                    .forEach(metrics::add);
        }
        assertThat(metrics).hasSizeGreaterThan(12);
        for (String metric : metrics) {
            assertThat(prometheus.query(metric)).as(metric).isNotEmpty();
        }
        JsonNode rules = prometheus.rules();
        assertThat(rules).hasSameSizeAs(Observability.alerts());
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.get("health").asText()).isEqualTo("ok"));
    }

    @Test
    void theDriftIsAnAlertAndAJobThatRunsIsNone() throws Exception {
        assertThat(only("ALERTS{alertname=\"TickformerDrift\", alertstate=\"firing\"}"))
                .isEqualTo(1);
        assertThat(prometheus.query("ALERTS{alertname=\"TickformerJobDown\"}")).isEmpty();
        assertThat(prometheus.query("ALERTS{alertname=\"TickformerModelFails\"}")).isEmpty();
    }

    @Test
    void everyDocumentedMetricHasTheDocumentedName() throws Exception {
        List<String> names = new ArrayList<>();
        for (JobCounter count : JobCounter.values()) {
            names.add(count.owner().prometheusName(count.metric()));
        }
        for (JobGauge gauge : JobGauge.values()) {
            names.add(gauge.owner().prometheusName(gauge.metric()));
        }
        for (JobMetric metric : JobMetric.values()) {
            names.add(
                    name(metric)
                            + (metric.kind() == JobMetric.Kind.HISTOGRAM
                                    ? "{quantile=\"0.5\"}"
                                    : ""));
        }
        for (String name : names) {
            assertThat(prometheus.query(name)).as(name).isNotEmpty();
        }
    }

    @Test
    void theNumbersAreThoseOfTheStream() throws Exception {
        assertThat(only("sum(" + name(JobMetric.SERIES_ALIVE) + ")"))
                .isEqualTo(TrustStream.SERIES + 1);
        assertThat(only(sum(JobCounter.UNDECODABLE))).isEqualTo(1);
        assertThat(only(sum(JobCounter.LATE_REVISED))).isEqualTo(1);
        assertThat(only(sum(JobCounter.LATE_TOO_OLD))).isEqualTo(1);
        assertThat(only("sum(" + name(JobMetric.FORECAST_LATENCY_MILLIS) + "_count)"))
                .isEqualTo(forecasts.size());
        // The model's own intervals hold 56 %.
        assertThat(usualCoverage).isBetween(0.7, 0.85);
        // The model is good at its trade until the other season, and the mixture after that.
        assertThat(only("avg(" + name(JobMetric.ERROR_TO_NAIVE) + ")")).isBetween(0.3, 0.9);
        // The stream is of 2024.
        assertThat(only("max(" + name(JobMetric.BEHIND_MILLIS) + ")")).isGreaterThan(1e10);
    }

    @Test
    void aWatchedSeriesHasItsNewestForecastAndOtherSeriesHaveNoMetrics() throws Exception {
        Forecast newest =
                forecasts.stream()
                        .filter(each -> each.series().equals(WATCHED))
                        .reduce((before, after) -> after)
                        .orElseThrow();
        int median = newest.quantileLevels().length / 2;
        assertThat(only(name(JobMetric.WATCHED_MEDIAN)))
                .isCloseTo(newest.quantile(0, median), within(1e-9));
        assertThat(only(name(JobMetric.WATCHED_VALUE)))
                .isEqualTo(STREAM.value(TrustStream.indexOf(WATCHED), ALL - 2));
        assertThat(Arrays.stream(JobMetric.values()))
                .filteredOn(each -> each.owner() == MetricOwner.WATCHED_SERIES)
                .hasSize(5);
    }

    @Test
    void theFilterOfThePageLeavesOutTheMetricsOfKafkasClients() throws Exception {
        assertThat(Repository.read("docs/monitoring.md")).contains('"' + EXCLUDED + '"');
        assertThat(prometheus.query("{__name__=~\"flink_.*Kafka(Producer|Consumer).*\"}"))
                .isEmpty();
        assertThat(only("count({__name__=~\"flink_.+\"})")).isLessThan(3_000);
    }

    @Test
    void theToolOfPrometheusFindsNoFaultInItsFilesAndTheirTestsPass() throws Exception {
        String files = Observability.folder() + "/";
        PrometheusServer.promtool("check", "config", files + "prometheus.yml");
        PrometheusServer.promtool("check", "rules", files + "rules.yml");
        PrometheusServer.promtool("test", "rules", files + "rules-test.yml");
    }
}
