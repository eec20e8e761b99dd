package io.tickformer.cli.demo;

import java.time.Duration;

/**
 * The air temperature of a fleet: a yearly and a daily cycle, and an autoregressive anomaly from
 * day to day. Query it in ascending order of days.
 */
final class Weather {
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final double YEAR_DAYS = 365.25;
    private static final double YEARLY_MEAN = 10;
    private static final double YEARLY_SWING = 8;
    private static final double DAILY_SWING = 2.5;
    private static final double ANOMALY_MEMORY = 0.85;
    private static final double ANOMALY_STEP = 1.8;

    private final PortableRandom noise;
    private long day = Long.MIN_VALUE;
    private double anomalyToday;
    private double anomalyTomorrow;

    Weather(long seed) {
        noise = PortableRandom.of(seed, -1);
    }

    /** Degrees Celsius at a time in milliseconds since the epoch. */
    double at(long timeMillis) {
        double days = timeMillis / DAY_MILLIS;
        long today = (long) StrictMath.floor(days);
        if (day == Long.MIN_VALUE) {
            day = today;
        }
        while (day < today) {
            anomalyToday = anomalyTomorrow;
            anomalyTomorrow = ANOMALY_MEMORY * anomalyTomorrow + ANOMALY_STEP * noise.normal();
            day++;
        }
        double ofDay = days - today;
        double yearly = -StrictMath.cos(2 * Math.PI * (days % YEAR_DAYS) / YEAR_DAYS);
        double daily = -StrictMath.cos(2 * Math.PI * (ofDay - 1.0 / 8));
        double anomaly = anomalyToday + (anomalyTomorrow - anomalyToday) * ofDay;
        return YEARLY_MEAN + YEARLY_SWING * yearly + DAILY_SWING * daily + anomaly;
    }
}
