package io.tickformer.job;

import io.tickformer.operator.ForecastTickFilter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the option forecast.from: the first ticks to forecast. */
final class ForecastFromOption {
    private static final String EARLIEST = "earliest";
    private static final String START = "start";

    private ForecastFromOption() {}

    /**
     * Parses the option.
     *
     * @param clock clock for the time of submission
     */
    static ForecastTickFilter of(JobSettings settings, Clock clock) {
        String from = text(settings);
        return switch (from) {
            case EARLIEST -> ForecastTickFilter.EARLIEST;
            case START -> ForecastTickFilter.start(clock.instant());
            default -> ForecastTickFilter.time(time(from));
        };
    }

    /**
     * Checks the setting.
     *
     * @throws OptionException if it is neither a keyword nor a time
     */
    static void check(JobSettings settings) {
        String from = text(settings);
        if (!from.equals(EARLIEST) && !isFromStart(settings)) {
            time(from);
        }
    }

    /** Returns whether ticks before the start of the job are not forecast. */
    static boolean isFromStart(JobSettings settings) {
        return text(settings).equals(START);
    }

    /** The value of the option, or its default. */
    static String text(JobSettings settings) {
        return settings.find(ForecastOptions.FROM)
                .filter(from -> !from.isBlank())
                .orElse(settings.get(SourceOptions.BOUNDED) ? EARLIEST : START);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw OptionException.invalid(
                    ForecastOptions.FROM.key(),
                    "'" + text + "'",
                    "start, earliest, or a time such as 2026-03-01T00:00:00Z");
        }
    }
}
