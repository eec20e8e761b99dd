package io.tickformer.job;

import io.tickformer.monitoring.MonitoringSettings;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that is ready to be executed.
 *
 * @param environment holds it
 * @param facts settings that advice speaks of while it runs
 * @param beforeTheStart sentences for whoever starts it
 */
public record PreparedJob(
        StreamExecutionEnvironment environment,
        MonitoringSettings facts,
        List<String> beforeTheStart) {
    public PreparedJob {
        beforeTheStart = List.copyOf(beforeTheStart);
    }
}
