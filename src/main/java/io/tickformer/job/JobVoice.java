package io.tickformer.job;

import io.tickformer.pulse.JobFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a job says of itself: before it starts, and the settings that its advice speaks of. */
final class JobVoice {
    private JobVoice() {}

    /** Sentences for whoever starts a job with these settings for the first time. */
    static List<String> beforeTheStart(JobSettings settings) {
        List<String> sentences = new ArrayList<>();
        if (FirstForecasts.isFromStart(settings)) {
            sentences.add(
                    "ticks that end from now on are forecast, earlier ones fill the contexts;"
                            + " --forecast.from=earliest forecasts those too");
        }
        return sentences;
    }

    /** The settings that advice speaks of. */
    static JobFacts facts(JobSettings settings, Duration tickLength) {
        return new JobFacts(
                String.join(", ", settings.get(SourceOptions.TOPICS)),
                KnownOption.text(settings.get(SourceOptions.TIME_UNIT)),
                settings.get(SourceOptions.OUT_OF_ORDERNESS),
                settings.get(SourceOptions.IDLENESS),
                tickLength,
                FirstForecasts.text(settings),
                settings.get(ForecastOptions.MAX_SERIES),
                settings.get(SinkOptions.DEAD_LETTER_TOPIC),
                settings.get(SinkOptions.LATE_TOPIC),
                settings.get(RuntimeOptions.LOG_INTERVAL));
    }
}
