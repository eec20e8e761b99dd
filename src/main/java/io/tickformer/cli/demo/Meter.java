package io.tickformer.cli.demo;

import java.time.Duration;

/**
 * The load of one electricity meter in kilowatts: a daily profile that differs between working days
 * and weekends, a share that follows the temperature, and autoregressive noise. Two of three meters
 * belong to homes, the third to a business. Read it at ascending times, once per step.
 */
final class Meter {
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final double HOURS = 24;

    /** 1970-01-01 was a Thursday; weekdays are counted from Monday. */
    private static final int FIRST_WEEKDAY = 3;

    private static final int WEEK_DAYS = 7;
    private static final int SATURDAY = 5;
    private static final double COMFORT_DEGREES = 17;

    private final String name;
    private final boolean business;
    private final double level;
    private final double phaseHours;
    private final double morning;
    private final double evening;
    private final double heating;
    private final double memory;
    private final double step;
    private final PortableRandom noise;
    private double state;

    Meter(String name, boolean business, PortableRandom noise) {
        this.name = name;
        this.business = business;
        this.noise = noise;
        level = business ? noise.between(6, 30) : noise.between(0.5, 2.5);
        phaseHours = noise.between(-1.2, 1.2);
        morning = noise.between(0.5, 1.1);
        evening = noise.between(1.0, 2.0);
        heating = noise.between(0.005, 0.03);
        memory = noise.between(0.9, 0.97);
        step = business ? noise.between(0.015, 0.03) : noise.between(0.03, 0.06);
    }

    String name() {
        return name;
    }

    /** The next reading in kilowatts, rounded to a watt as in real meters. */
    double read(long timeMillis, double degrees) {
        double days = timeMillis / DAY_MILLIS;
        long day = (long) StrictMath.floor(days);
        double hour = (days - day) * HOURS - phaseHours;
        boolean weekend = Math.floorMod(day + FIRST_WEEKDAY, WEEK_DAYS) >= SATURDAY;
        double profile = business ? businessProfile(hour, weekend) : homeProfile(hour, weekend);
        double weather = 1 + heating * Math.max(0, COMFORT_DEGREES - degrees);
        state = memory * state + step * noise.normal();
        double kilowatts = level * profile * weather * StrictMath.exp(state);
        return StrictMath.rint(kilowatts * 1000) / 1000;
    }

    private double homeProfile(double hour, boolean weekend) {
        double base = 0.35;
        if (weekend) {
            return base
                    + morning * bump(hour, 9.5, 2.2)
                    + 0.5 * bump(hour, 13.5, 2.5)
                    + 0.9 * evening * bump(hour, 19.5, 2.6);
        }
        return base + morning * bump(hour, 7.2, 1.3) + evening * bump(hour, 19, 2.2);
    }

    private static double businessProfile(double hour, boolean weekend) {
        double open = rise(hour, 7.5, 0.6) - rise(hour, 17.5, 0.9);
        return 0.25 + (weekend ? 0.15 : 0.9) * open - (weekend ? 0 : 0.12) * bump(hour, 12.5, 0.7);
    }

    /** A bell curve around an hour of the day, continuous across midnight. */
    private static double bump(double hour, double centre, double width) {
        double apart = (hour - centre) % HOURS;
        if (apart > HOURS / 2) {
            apart -= HOURS;
        } else if (apart < -HOURS / 2) {
            apart += HOURS;
        }
        return StrictMath.exp(-apart * apart / (2 * width * width));
    }

    private static double rise(double hour, double centre, double width) {
        return 1 / (1 + StrictMath.exp(-(hour - centre) / width));
    }
}
