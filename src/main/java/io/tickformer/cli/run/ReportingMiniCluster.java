package io.tickformer.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink mini cluster that also sends its metrics to a reporter object in this process. */
// Flink's close() waits and may be interrupted.
@SuppressWarnings("try")
final class ReportingMiniCluster extends MiniCluster {
    private final JobMetricsReporter reporter;
    private final PluginManager plugins;

    ReportingMiniCluster(MiniClusterConfiguration configuration, JobMetricsReporter reporter) {
        super(configuration);
        this.reporter = reporter;
        this.plugins = configuration.getPluginManager();
    }

    /** Creates the registry from the configuration, as Flink does, and adds the reporter. */
    @Override
    protected MetricRegistryImpl createMetricRegistry(Configuration config, long largestMessage) {
        List<ReporterSetup> reporters =
                new ArrayList<>(
                        ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                                config, DefaultReporterFilters::metricsFromConfiguration, plugins));
        reporters.add(ReporterSetupBuilder.METRIC_SETUP_BUILDER.forReporter("pulse", reporter));
        return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(config, largestMessage),
                reporters,
                ReporterSetupBuilder.TRACE_SETUP_BUILDER.fromConfiguration(
                        config, DefaultReporterFilters::tracesFromConfiguration, plugins),
                ReporterSetupBuilder.EVENT_SETUP_BUILDER.fromConfiguration(
                        config, DefaultReporterFilters::eventsFromConfiguration, plugins));
    }
}
