package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.testing.SeasonalModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Hourly series of all sizes with a daily season and noise, through everything that makes forecasts
 * hard to trust: some series move to another level, many have another season for a while, the
 * variance of all doubles, some fall silent, and one has values that break {@link SeasonalModels}.
 * Ticks count from the first.
 */
final class TrustStream {
    static final int SERIES = 12;
    static final int TICKS = 2_400;

    /** Series below this move to another level at {@link #LEVEL_SHIFT}. */
    static final int SHIFTED = 4;

    static final int LEVEL_SHIFT = 600;

    /** Series from {@link #SHIFTED} on have another season from the first to the second. */
    static final int OTHER_SEASON = 800;

    static final int USUAL_SEASON = 1_200;

    /** From here on the variance of all series is doubled. */
    static final int DOUBLED_VARIANCE = 1_500;

    /** Series below this are silent from the first to the second. */
    static final int SILENT = 3;

    static final int SILENCE = 2_000;
    static final int SPEECH = 2_090;

    /** The series whose values break the model, at {@link #isBreaking} ticks. */
    static final String BREAKING = "breaking";

    private static final long FIRST =
            Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() / SeasonalModels.TICK_MILLIS;
    private static final double AMPLITUDE = 4;
    private static final double SHIFT = 10;
    private static final int LONG_SEASON = 48;

    private final double[][] values = new double[SERIES + 1][TICKS];

    TrustStream(long seed) {
        Random random = new Random(seed);
        for (int series = 0; series <= SERIES; series++) {
            double scale = Math.pow(10, series % 7 - 2);
            double phase = series;
            for (int tick = 0; tick < TICKS; tick++) {
                double noise = random.nextGaussian();
                values[series][tick] = scale * (20 + value(series, tick, phase, noise));
            }
        }
        for (int series = 0; series < SILENT; series++) {
            Arrays.fill(values[series], SILENCE, SPEECH, Double.NaN);
        }
    }

    private static double value(int series, int tick, double phase, double noise) {
        boolean isOther =
                series >= SHIFTED && series < SERIES && tick >= OTHER_SEASON && tick < USUAL_SEASON;
        int season = isOther ? LONG_SEASON : SeasonalModels.SEASON;
        double level = series < SHIFTED && tick >= LEVEL_SHIFT ? SHIFT : 0;
        double spread = tick >= DOUBLED_VARIANCE ? Math.sqrt(2) : 1;
        double spike = series == SERIES && isBreaking(tick) ? -200 : 0;
        return level
                + AMPLITUDE * Math.sin(2 * Math.PI * tick / season + phase)
                + spread * noise
                + spike;
    }

    /** Whether the value of {@link #BREAKING} breaks the model. */
    static boolean isBreaking(int tick) {
        return tick % 150 == 140;
    }

    static String name(int series) {
        return series == SERIES ? BREAKING : "series-%02d".formatted(series);
    }

    static int indexOf(String series) {
        return series.equals(BREAKING)
                ? SERIES
                : Integer.parseInt(series.substring(series.length() - 2));
    }

    /** The tick that a record names by its place in the grid. */
    static int tick(long tickIndex) {
        return Math.toIntExact(tickIndex - FIRST);
    }

    /** NaN if the series is silent. */
    double value(int series, int tick) {
        return values[series][tick];
    }

    /** The observations of some ticks, in order of time, the end not included. */
    List<Observation> observations(int from, int to) {
        List<Observation> observations = new ArrayList<>();
        for (int tick = from; tick < to; tick++) {
            for (int series = 0; series <= SERIES; series++) {
                if (!Double.isNaN(values[series][tick])) {
                    long time = (FIRST + tick) * SeasonalModels.TICK_MILLIS + 60_000L * series;
                    observations.add(new Observation(name(series), time, values[series][tick]));
                }
            }
        }
        return observations;
    }

    /** Whether nothing that happens to a series has just begun or ended, and it is not young. */
    static boolean isQuiet(int series, int tick) {
        if (tick < 300 || isSoonAfter(tick, DOUBLED_VARIANCE, 300)) {
            return false;
        }
        boolean isSilent = series < SILENT && isSoonAfter(tick, SILENCE, 300);
        boolean isTurning =
                series < SHIFTED
                        ? isSoonAfter(tick, LEVEL_SHIFT, 200)
                        : tick >= OTHER_SEASON && tick < USUAL_SEASON + 200;
        return !isSilent && !isTurning;
    }

    private static boolean isSoonAfter(int tick, int event, int ticks) {
        return tick >= event && tick < event + ticks;
    }

    /** Series and ticks before one that have a forecast in the end: the last tick is open. */
    List<String> forecasts(int to) {
        return observations(0, to).stream()
                .map(
                        each ->
                                identity(
                                        each.series(),
                                        each.eventTimeMillis() / SeasonalModels.TICK_MILLIS))
                .toList();
    }

    static String identity(String series, long tickIndex) {
        return series + "@" + tick(tickIndex);
    }
}
