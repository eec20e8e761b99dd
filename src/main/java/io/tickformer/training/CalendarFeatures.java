package io.tickformer.training;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.SeasonalPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which cycles of the calendar a model's tokens carry. */
public final class CalendarFeatures {
    private static final String NONE = "none";

    /**
     * A cycle seen fewer times than this is learned by heart rather than understood: on a year of
     * hourly load, the hour of the day did no harm and the day of the week, seen 51 times, did.
     */
    private static final int TIMES_SEEN = 60;

    /** A cycle of fewer ticks than this is no cycle on the grid. */
    private static final int TICKS_IN_CYCLE = 4;

    private CalendarFeatures() {}

    /**
     * The cycles that the part trained on spans often enough and a tick resolves, but for the one
     * that a seasonal path repeats: told the hour as well, models of ETTh1 forecast no better, over
     * three parts that validate.
     *
     * @param trainedTicks ticks of the part trained on
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
     * Reads {@code hour-of-day,day-of-week} and the like, or {@code none}.
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
                "\"%s\" is no cycle of the calendar; expected some of %s, or none"
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
