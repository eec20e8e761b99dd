package io.tickformer.job;

import io.tickformer.monitoring.MonitoringSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The notices that a job prints before it starts, and the settings of its monitoring. */
final class JobMonitoring {
    private JobMonitoring() {}

    /** Notices for the user who starts a job with these settings for the first time. */
    static List<String> startNotices(JobSettings settings) {
        List<String> sentences = new ArrayList<>();
        if (ForecastFromOption.isFromStart(settings)) {
            sentences.add(
                    "ticks that end from now on are forecast, earlier ones fill the contexts;"
                            + " --forecast.from=earliest forecasts those too");
        }
        return sentences;
    }

    /** The settings of the log and its advice. */
    static MonitoringSettings settings(JobSettings settings, Duration tickLength) {
        return new MonitoringSettings(
                String.join(", ", settings.get(SourceOptions.TOPICS)),
                OptionDescriptor.text(settings.get(SourceOptions.TIME_UNIT)),
                settings.get(SourceOptions.OUT_OF_ORDERNESS),
                settings.get(SourceOptions.IDLENESS),
                tickLength,
                ForecastFromOption.text(settings),
                settings.get(ForecastOptions.MAX_SERIES),
                settings.get(SinkOptions.DEAD_LETTER_TOPIC),
                settings.get(SinkOptions.LATE_TOPIC),
                settings.get(RuntimeOptions.LOG_INTERVAL),
                settings.get(RuntimeOptions.WATCHED_SERIES));
    }
}
