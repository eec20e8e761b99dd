package io.tickformer.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A fleet of electricity meters and its imperfect transmission. Single readings are lost, outages
 * last for hours, and readings arrive out of order, late or twice. Some records are malformed.
 */
final class MeterFleet implements Feed {
    private static final double OUTAGE_A_TICK = 1.0 / 600;
    private static final double SHORT_OUTAGE_SHARE = 0.6;
    private static final double LOST = 0.004;
    private static final double LATE = 0.006;
    private static final double TOO_LATE = 0.0004;
    private static final double TWICE = 0.004;
    private static final double FAULTY = 0.0004;
    private static final long USUAL_DELAY_MILLIS = 60_000;
    private static final int LONG_OUTAGE_TICKS = 24;
    private static final int SHORT_OUTAGE_TICKS = 3;
    private static final int LATE_READINGS = 8;
    private static final int TOO_LATE_TICKS = 48;

    private final FleetSettings settings;
    private final Weather weather;
    private final List<Meter> meters = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final long[] silentUntilMillis;
    private final PortableRandom fate;
    private final PriorityQueue<Numbered> underWay = new PriorityQueue<>();
    private long numbered;
    private long tickStart;

    MeterFleet(FleetSettings settings) {
        this.settings = settings;
        weather = new Weather(settings.seed());
        fate = PortableRandom.of(settings.seed(), -2);
        silentUntilMillis = new long[settings.meters()];
        int digits = Math.max(3, String.valueOf(settings.meters()).length());
        for (int i = 0; i < settings.meters(); i++) {
            String name = ("meter-%0" + digits + "d").formatted(i + 1);
            meters.add(new Meter(name, i % 3 == 2, PortableRandom.of(settings.seed(), i)));
            names.add(name);
        }
        tickStart = settings.startMillis();
    }

    @Override
    public long tickMillis() {
        return settings.tickMillis();
    }

    @Override
    public long startMillis() {
        return settings.startMillis();
    }

    @Override
    public List<String> series() {
        return List.copyOf(names);
    }

    /** A fleet never ends. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public List<SimulatedRecord> next() {
        long tickEnd = tickStart + settings.tickMillis();
        beginOutages();
        for (long time = tickStart; time < tickEnd; time += settings.readingMillis()) {
            double degrees = weather.at(time);
            for (int i = 0; i < meters.size(); i++) {
                // Read in any case: an outage must not change the load of the meter.
                double value = meters.get(i).read(time, degrees);
                if (time >= silentUntilMillis[i]) {
                    send(names.get(i), time, value);
                }
            }
        }
        tickStart = tickEnd;
        List<SimulatedRecord> arrived = new ArrayList<>();
        while (!underWay.isEmpty() && underWay.peek().delivery().arrivalMillis() < tickEnd) {
            arrived.add(underWay.remove().delivery());
        }
        return arrived;
    }

    private void beginOutages() {
        for (int i = 0; i < meters.size(); i++) {
            if (fate.chance(OUTAGE_A_TICK)) {
                boolean brief = fate.chance(SHORT_OUTAGE_SHARE);
                int ticks = 1 + fate.below(brief ? SHORT_OUTAGE_TICKS : LONG_OUTAGE_TICKS);
                silentUntilMillis[i] = tickStart + ticks * settings.tickMillis();
            }
        }
    }

    private void send(String name, long time, double value) {
        if (fate.chance(LOST)) {
            return;
        }
        long arrival = time + (long) (fate.uniform() * USUAL_DELAY_MILLIS);
        if (fate.chance(LATE)) {
            arrival += (1 + fate.below(LATE_READINGS)) * settings.readingMillis();
        } else if (fate.chance(TOO_LATE)) {
            arrival += TOO_LATE_TICKS * settings.tickMillis();
        }
        enqueue(new SimulatedRecord(arrival, name, time, value, SimulatedRecord.Fault.NONE));
        if (fate.chance(TWICE)) {
            long again = arrival + (long) (fate.uniform() * USUAL_DELAY_MILLIS);
            enqueue(new SimulatedRecord(again, name, time, value, SimulatedRecord.Fault.NONE));
        }
        if (fate.chance(FAULTY)) {
            enqueue(faulty(arrival, name, time, value));
        }
    }

    private SimulatedRecord faulty(long arrival, String name, long time, double value) {
        return switch (fate.below(4)) {
            case 0 ->
                    new SimulatedRecord(
                            arrival, name, time, value, SimulatedRecord.Fault.UNDECODABLE);
            case 1 -> new SimulatedRecord(arrival, name, time, value, SimulatedRecord.Fault.NO_KEY);
            case 2 ->
                    new SimulatedRecord(
                            arrival, name, time, Double.NaN, SimulatedRecord.Fault.NOT_A_NUMBER);
            default ->
                    new SimulatedRecord(
                            arrival, name, time, value, SimulatedRecord.Fault.FROM_THE_FUTURE);
        };
    }

    private void enqueue(SimulatedRecord delivery) {
        underWay.add(new Numbered(numbered++, delivery));
    }

    /** Sorts by arrival; deliveries that arrive together keep the order in which they were sent. */
    private record Numbered(long number, SimulatedRecord delivery) implements Comparable<Numbered> {
        @Override
        public int compareTo(Numbered other) {
            int byArrival = Long.compare(delivery.arrivalMillis(), other.delivery.arrivalMillis());
            return byArrival != 0 ? byArrival : Long.compare(number, other.number);
        }
    }
}
