package io.tickformer.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.monitoring.MonitoringSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class MonitoredRunIT {
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    /** Fails at its first attempt, and so when it is closed: Flink ends the TaskManager. */
    private static final class FailsGravelyOnce extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private transient boolean fails;

        @Override
        public void open(OpenContext context) {
            fails = ATTEMPTS.incrementAndGet() == 1;
        }

        @Override
        public Long map(Long value) throws IOException {
            if (fails) {
                throw new IOException("a failure");
            }
            return value;
        }

        @Override
        public void close() throws IOException {
            if (fails) {
                throw new IOException("a failure of the closing");
            }
        }
    }

    @Test
    void aJobWhoseTaskManagerEndedGoesOnInAnother() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "1000");
        configuration.setString("restart-strategy.fixed-delay.delay", "1 s");
        StreamExecutionEnvironment job =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        job.setParallelism(1);
        job.fromSequence(1, 100).map(new FailsGravelyOnce()).sinkTo(new DiscardingSink<>());
        StringWriter err = new StringWriter();

        new MonitoredRun(new PrintWriter(err), MonitoringSettings.NONE, Duration.ofSeconds(1))
                .run(job);

        assertThat(ATTEMPTS.get()).isGreaterThan(1);
        assertThat(err.toString())
                .contains("the TaskManager ended with that failure", "another one is started")
                .containsPattern("restart \\d+: ")
                .contains("end: ");
    }
}
