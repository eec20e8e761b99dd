package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.util.Locale;

/** Formats numbers and durations for people. */
@Internal
public final class ReadableNumbers {
    private static final long DAYS_OF_A_YEAR = 365;

    private ReadableNumbers() {}

    /** With separators: 12,300. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and its noun: 1 tick, 2 ticks. */
    public static String number(long number, String noun) {
        return number(number) + ' ' + noun + (number == 1 ? "" : "s");
    }

    /** The two largest units: 12 s, 5 min, 2 h 5 min, 3 d 4 h, 46 years. */
    public static String duration(Duration duration) {
        Duration length = duration.abs();
        long days = length.toDays();
        if (days >= 2 * DAYS_OF_A_YEAR) {
            return days / DAYS_OF_A_YEAR + " years";
        }
        if (days > 0) {
            return two(days, "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return two(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        if (length.toMinutes() > 0) {
            return two(length.toMinutes(), "min", length.toSecondsPart(), "s");
        }
        return length.toMillis() > 0 && length.toSeconds() == 0
                ? length.toMillis() + " ms"
                : length.toSeconds() + " s";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        String first = large + " " + largeUnit;
        return small == 0 ? first : "%s %d %s".formatted(first, small, smallUnit);
    }
}
