package io.tickformer.context;

import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;

/** Writes the calendar features of a token: sine and cosine of the phase of each cycle. */
final class CalendarEncoder {
    private final long tickMillis;
    private final CalendarFeature[] cycles;
    private final CalendarPhase phase;

    CalendarEncoder(ForecastSpec spec) {
        this.tickMillis = spec.tickMillis();
        this.phase = CalendarPhase.of(spec);
        this.cycles = spec.calendarFeatures().toArray(new CalendarFeature[0]);
    }

    /** Writes sine and cosine of each cycle at the start of a tick. */
    void put(long tick, FloatBuffer target) {
        long millis = tick * tickMillis;
        for (CalendarFeature cycle : cycles) {
            double angle = 2 * Math.PI * phase.at(cycle, millis);
            target.put((float) Math.sin(angle));
            target.put((float) Math.cos(angle));
        }
    }
}
