package io.tickformer.console;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a tick length: {@code 15m}, {@code 1h}, {@code 500ms} or ISO 8601, {@code PT1H}. */
@Internal
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
        Duration duration = read(text.toLowerCase(Locale.ROOT));
        if (duration == null || duration.toMillis() < 1) {
            throw new TypeConversionException(
                    ("'%s' is not a length of time; expected for example 500ms, 30s, 15m, 1h, 1d or"
                                    + " PT1H")
                            .formatted(text));
        }
        return duration;
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
