package io.tickformer.job;

import io.tickformer.annotation.Public;
import io.tickformer.monitoring.MonitoringSettings;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that is ready to execute.
 *
 * @param environment environment of the job
 * @param monitoring settings for its status lines and advice
 * @param startNotices notices for the user who starts it
 */
@Public
public record PreparedJob(
        StreamExecutionEnvironment environment,
        MonitoringSettings monitoring,
        List<String> startNotices) {
    public PreparedJob {
        startNotices = List.copyOf(startNotices);
    }
}
