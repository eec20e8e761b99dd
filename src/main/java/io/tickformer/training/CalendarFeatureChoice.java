package io.tickformer.training;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.SeasonalPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses the calendar cycles that the tokens of a model encode. */
@Internal
public final class CalendarFeatureChoice {
    private static final String NONE = "none";

    /**
     * A cycle that the history contains fewer times than this is memorised, not learned: on a year
     * of hourly load, the hour of the day did no harm, but the day of the week, seen 51 times, did.
     */
    private static final int TIMES_SEEN = 60;

    /** A cycle needs at least this many ticks to be resolved. */
    private static final int TICKS_IN_CYCLE = 4;

    private CalendarFeatureChoice() {}

    /**
     * Suggests the cycles that the training set spans often enough and that the ticks resolve,
     * without the one that the seasonal path repeats already: on ETTh1, the hour of the day in
     * addition to a daily seasonal path did not improve the validation error on any of three
     * splits.
     *
     * @param trainedTicks number of ticks of the training set
     * @param path the seasonal path, or null
     */
    public static List<CalendarFeature> suggested(
            long tickMillis, long trainedTicks, SeasonalPath path) {
        long repeated = path == null ? 0 : path.seasonLength() * tickMillis;
        long trained = trainedTicks * tickMillis;
        List<CalendarFeature> suited = new ArrayList<>();
        for (CalendarFeature feature : CalendarFeature.values()) {
            long cycle = millis(feature);
            boolean spanned = trained >= TIMES_SEEN * cycle;
            boolean resolved = tickMillis * TICKS_IN_CYCLE <= cycle;
            if (spanned && resolved && cycle != repeated) {
                suited.add(feature);
            }
        }
        return suited;
    }

    /**
     * Parses a list such as {@code hour-of-day,day-of-week}, or {@code none}.
     *
     * @throws TrainingException if a name is unknown
     */
    public static List<CalendarFeature> parse(String text) {
        List<CalendarFeature> features = new ArrayList<>();
        if (text.equalsIgnoreCase(NONE)) {
            return features;
        }
        for (String name : text.split(",", -1)) {
            features.add(feature(name.strip()));
        }
        return features;
    }

    private static CalendarFeature feature(String name) {
        List<String> known = new ArrayList<>();
        for (CalendarFeature feature : CalendarFeature.values()) {
            String own = feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (own.equalsIgnoreCase(name.replace('_', '-'))) {
                return feature;
            }
            known.add(own);
        }
        throw new TrainingException(
                "\"%s\" is not a calendar cycle; expected some of %s, or none"
                        .formatted(name, String.join(", ", known)));
    }

    private static long millis(CalendarFeature feature) {
        long day = 86_400_000L;
        return switch (feature) {
            case HOUR_OF_DAY -> day;
            case DAY_OF_WEEK -> 7 * day;
            case DAY_OF_YEAR -> 365 * day;
        };
    }
}
