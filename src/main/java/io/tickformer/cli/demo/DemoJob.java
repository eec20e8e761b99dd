package io.tickformer.cli.demo;

import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import io.tickformer.process.LocalJob;
import io.tickformer.process.Servers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The forecasting job of the demo. */
final class DemoJob {
    private static final String CHECKPOINT_INTERVAL = "1 s";

    private DemoJob() {}

    /**
     * Starts the job.
     *
     * @param bounded whether the job ends at the current end of the topic
     */
    static LocalJob start(DemoSettings demo, Servers servers, boolean bounded) {
        JobSettings settings = JobSettings.of(settings(demo, servers, bounded));
        return LocalJob.start(
                "tickformer demo",
                demo.parallelism(),
                environment -> ForecastJob.wire(environment, settings));
    }

    private static Map<String, String> settings(
            DemoSettings demo, Servers servers, boolean bounded) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.putAll(servers.settings());
        settings.put("kafka.group-id", demo.topics().observations());
        settings.put("source.topics", demo.topics().observations());
        settings.put("source.start", "earliest");
        settings.put("source.bounded", String.valueOf(bounded));
        settings.put("source.out-of-orderness", demo.outOfOrderness().toMillis() + " ms");
        settings.put("source.idleness", "5 s");
        // Replayed event times are unrelated to the clock.
        settings.put("source.follow-clock", "false");
        settings.put("forecast.from", "earliest");
        settings.put("sink.topic", demo.topics().forecasts());
        settings.put("sink.dead-letter-topic", demo.topics().deadLetters());
        settings.put("sink.late-topic", demo.topics().late());
        settings.put("sink.scores-topic", demo.topics().scores());
        settings.put("sink.anomalies-topic", demo.topics().anomalies());
        settings.put("sink.events-topic", demo.topics().events());
        settings.put("sink.transactional-id-prefix", demo.topics().forecasts());
        settings.put("model.path", demo.model().toString());
        settings.put("model.tick", demo.spec().tickMillis() + " ms");
        settings.put("model.provider", demo.provider().name().toLowerCase(Locale.ROOT));
        settings.put("job.parallelism", String.valueOf(demo.parallelism()));
        settings.put("checkpoint.interval", CHECKPOINT_INTERVAL);
        // A failure would repeat after a restart: report it at once.
        settings.put("flink.restart-strategy.type", "none");
        return settings;
    }
}
