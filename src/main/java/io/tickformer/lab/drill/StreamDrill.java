package io.tickformer.lab.drill;

import io.tickformer.event.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Runs one case of a stream fault. The clean stream has the same readings, once each, in order of
 * their times. Both streams should give the same forecasts.
 */
final class StreamDrill {
    /** Difference between readings of a tick, in spreads: losing one changes the tick. */
    private static final double STEP = 0.2;

    private final DrillGrid grid;
    private final TransmissionCase ofStream;
    private final List<SentReading> sent;
    private final List<SentReading> clean;
    private final Map<Integer, CleanSeries> subjects = new HashMap<>();

    StreamDrill(DrillGrid grid, TransmissionCase ofStream) {
        this.grid = grid;
        this.ofStream = ofStream;
        this.sent = sent();
        this.clean = clean();
    }

    private List<SentReading> sent() {
        SplittableRandom chance = new SplittableRandom(31L * ofStream.name().hashCode());
        int end = grid.at() + 2 * grid.patch() + grid.span();
        List<SentReading> sendings = new ArrayList<>();
        for (int number = 0; number < ofStream.series(); number++) {
            subjects.put(number, CleanSeries.of(number, end));
        }
        for (int tick = 0; tick < end; tick++) {
            for (int place = 0; place < ofStream.readings(); place++) {
                for (int number = 0; number < ofStream.series(); number++) {
                    Reading reading = reading(number, tick, place);
                    sendings.addAll(ofStream.fault().send(reading, grid, chance));
                }
            }
        }
        sendings.sort(Comparator.comparingLong(SentReading::sentMillis));
        return sendings;
    }

    /** The readings of a tick differ; their mean is the tick's value. */
    private Reading reading(int number, int tick, int place) {
        CleanSeries subject = subjects.get(number);
        long time =
                grid.millis(tick)
                        + grid.tickMillis()
                                * (place * ofStream.series() + number)
                                / ((long) ofStream.readings() * ofStream.series());
        double beside = (place - (ofStream.readings() - 1) / 2.0) * STEP * subject.spread();
        return new Reading(
                number,
                tick,
                place,
                new Observation("series-" + number, time, subject.values()[tick] + beside));
    }

    private List<SentReading> clean() {
        Map<List<Integer>, SentReading> once = new HashMap<>();
        for (SentReading each : sent) {
            Reading reading = each.reading();
            once.putIfAbsent(List.of(reading.series(), reading.tick(), reading.place()), each);
        }
        List<SentReading> ordered = new ArrayList<>(once.values());
        ordered.sort(
                Comparator.<SentReading>comparingLong(each -> each.reading().time())
                        .thenComparing(each -> each.reading().series()));
        return ordered;
    }

    /** The stream with the fault. */
    List<DrillStream.Arrival> arrivals() {
        return arrivals(sent, true);
    }

    /** The stream without the fault. */
    List<DrillStream.Arrival> cleanArrivals() {
        return arrivals(clean, false);
    }

    private static List<DrillStream.Arrival> arrivals(List<SentReading> sendings, boolean isSplit) {
        List<DrillStream.Arrival> arrivals = new ArrayList<>();
        for (SentReading each : sendings) {
            int partition = isSplit ? each.partition() : 0;
            arrivals.add(new DrillStream.Arrival(partition, each.reading().observation()));
        }
        return arrivals;
    }

    /** The score of the case. */
    CaseScore score(CollectedForecasts cleanForecasts, CollectedForecasts forecasts) {
        Scorer scorer = new Scorer(grid);
        Map<Integer, Set<Integer>> due = due();
        for (int number = 0; number < ofStream.series(); number++) {
            SentSeries trace = trace(number);
            CollectedForecasts.OfSeries came = forecasts.of("series-" + number);
            scorer.count(came, due.getOrDefault(number, Set.of()));
            scorer.judge(
                    SeriesPair.of(trace, trace, subjects.get(number).spread()),
                    cleanForecasts.of("series-" + number),
                    came,
                    grid.at(),
                    trace.sent().length);
        }
        return scorer.score();
    }

    /** The tick means of a series, with each reading counted once. */
    private SentSeries trace(int number) {
        Map<Integer, double[]> sums = new HashMap<>();
        int last = 0;
        for (SentReading each : clean) {
            Reading reading = each.reading();
            int tick = tick(reading);
            if (reading.series() == number && tick >= 0) {
                double[] sum = sums.computeIfAbsent(tick, any -> new double[2]);
                sum[0] += reading.observation().value();
                sum[1]++;
                last = Math.max(last, tick);
            }
        }
        double[] values = new double[last + 1];
        for (int tick = 0; tick < values.length; tick++) {
            double[] sum = sums.get(tick);
            values[tick] = sum == null ? Double.NaN : sum[0] / sum[1];
        }
        return new SentSeries(values, values);
    }

    private int tick(Reading reading) {
        return grid.tick(Math.floorDiv(reading.time(), grid.tickMillis()));
    }

    /**
     * The ticks of each series that are due a forecast: those with a reading that arrives before
     * any reading of a later tick. A reading that arrives after that is filled in, and its tick may
     * or may not be forecast.
     */
    private Map<Integer, Set<Integer>> due() {
        Map<Integer, Integer> latest = new HashMap<>();
        Map<Integer, Set<Integer>> due = new HashMap<>();
        for (SentReading each : sent) {
            int series = each.reading().series();
            int tick = tick(each.reading());
            if (tick >= grid.at() && tick >= latest.getOrDefault(series, tick)) {
                due.computeIfAbsent(series, any -> new TreeSet<>()).add(tick);
            }
            latest.merge(series, tick, Math::max);
        }
        return due;
    }
}
