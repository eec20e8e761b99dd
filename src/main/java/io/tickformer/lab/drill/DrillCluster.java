package io.tickformer.lab.drill;

import io.tickformer.console.UserError;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.job.JobDataflow;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.kafka.source.ObservationWatermarks;
import io.tickformer.kafka.source.WatermarkSettings;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.process.TemporaryFolder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A Flink cluster in this process. It runs streams one after another through the flow of the job,
 * from decoded records to forecasts.
 */
final class DrillCluster implements AutoCloseable {
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);
    private static final long DISK_BYTES = 64L << 20;
    private static final int IDLE_TICKS = 3;

    private final MiniCluster cluster;
    private final Configuration configuration;
    private final TemporaryFolder folder;

    private DrillCluster(MiniCluster cluster, Configuration configuration, TemporaryFolder folder) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.folder = folder;
    }

    /** Starts a cluster. Closing it deletes its temporary files. */
    static DrillCluster start() throws Exception {
        TemporaryFolder folder = TemporaryFolder.create("tickformer-drill-", DISK_BYTES);
        Configuration configuration = configuration(folder);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            cluster.closeAsync().join();
            folder.close();
            throw e;
        }
        return new DrillCluster(cluster, configuration, folder);
    }

    private static Configuration configuration(TemporaryFolder folder) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.TMP_DIRS, folder.path().toString());
        flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // Avoid port conflicts with another Flink on this machine.
        flink.set(RestOptions.BIND_PORT, "0");
        return flink;
    }

    /**
     * Runs a stream to its end.
     *
     * @param name of the stream
     * @param arrivals the readings in the order of arrival
     * @param steps number of horizon steps to keep
     * @param outOfOrderness by how much watermarks trail the latest event time
     * @return the forecasts
     * @throws UserError if the job fails
     */
    CollectedForecasts run(
            JobDataflow flow,
            String name,
            List<DrillStream.Arrival> arrivals,
            int steps,
            Duration outOfOrderness)
            throws InterruptedException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        try (DrillStream stream = DrillStream.open(name, arrivals, steps)) {
            wire(environment, flow, stream, outOfOrderness);
            cluster.executeJobBlocking(environment.getStreamGraph().getJobGraph());
            return stream.forecasts();
        } catch (JobExecutionException e) {
            throw new UserError("the job of %s failed: %s".formatted(name, innermost(e)), e);
        }
    }

    private static void wire(
            StreamExecutionEnvironment environment,
            JobDataflow flow,
            DrillStream stream,
            Duration outOfOrderness) {
        ObservationWatermarks ofPartition =
                new ObservationWatermarks(
                        new WatermarkSettings(
                                outOfOrderness,
                                Duration.ZERO,
                                false,
                                Duration.ZERO,
                                flow.tickLength()),
                        Clock.systemUTC());
        flow.from(
                        environment
                                .fromSource(
                                        new NumberSequenceSource(0, stream.arrivals().size() - 1L),
                                        WatermarkStrategy.noWatermarks(),
                                        "places")
                                .assignTimestampsAndWatermarks(
                                        new DrillWatermarks(
                                                stream.name(),
                                                ofPartition,
                                                flow.tickLength()
                                                        .multipliedBy(IDLE_TICKS)
                                                        .toMillis()))
                                .map(new Read(stream.name()), DecodedSerializer.TYPE))
                .forecasts()
                .map(new Collect(stream.name()), ForecastSerializer.TYPE)
                .sinkTo(new DiscardingSink<>());
    }

    private static Throwable innermost(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    @Override
    public void close() {
        try (folder) {
            cluster.closeAsync().join();
        }
    }

    /** Maps a position in the stream to its observation. */
    private static final class Read implements MapFunction<Long, Decoded> {
        private static final long serialVersionUID = 1L;

        private final String stream;
        private transient List<DrillStream.Arrival> arrivals;

        Read(String stream) {
            this.stream = stream;
        }

        @Override
        public Decoded map(Long place) {
            if (arrivals == null) {
                arrivals = DrillStream.find(stream).arrivals();
            }
            Observation observation = arrivals.get(Math.toIntExact(place)).observation();
            return new Decoded.Observed(observation, DrillStream.NOT_WRITTEN);
        }
    }

    /** Records forecasts. */
    private static final class Collect implements MapFunction<Forecast, Forecast> {
        private static final long serialVersionUID = 1L;

        private final String stream;
        private transient CollectedForecasts forecasts;

        Collect(String stream) {
            this.stream = stream;
        }

        @Override
        public Forecast map(Forecast forecast) {
            if (forecasts == null) {
                forecasts = DrillStream.find(stream).forecasts();
            }
            forecasts.add(forecast);
            return forecast;
        }
    }
}
