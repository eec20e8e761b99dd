package io.tickformer.lab.drill;

import io.tickformer.event.Observation;
import io.tickformer.event.TickAggregate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs one case of events. The clean stream has one reading per tick, the aggregate of its events.
 * Both streams should give the same forecast at every tick.
 */
final class EventDrill {
    private final DrillGrid grid;
    private final CountedEventsCase ofEvents;
    private final List<Observation> events = new ArrayList<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();

    EventDrill(DrillGrid grid, CountedEventsCase ofEvents) {
        this.grid = grid;
        this.ofEvents = ofEvents;
        int end = grid.at() + 2 * grid.patch() + grid.span();
        for (int number = 0; number < grid.series(); number++) {
            draw("series-" + number, number, end);
        }
        events.sort(Comparator.comparingLong(Observation::eventTimeMillis));
    }

    /** The first and the last tick have an event, so that the series lives throughout. */
    private void draw(String series, int number, int end) {
        SplittableRandom chance = new SplittableRandom(31L * ofEvents.name().hashCode() + number);
        double[] ofSeries = new double[end];
        for (int tick = 0; tick < end; tick++) {
            int count = PoissonDraw.poisson(ofEvents.rate().applyAsDouble(tick), chance);
            if (tick == 0 || tick == end - 1) {
                count = Math.max(1, count);
            }
            for (int i = 0; i < count; i++) {
                long time = grid.millis(tick) + chance.nextLong(grid.tickMillis());
                double amount = 1 + Math.floor(9 * chance.nextDouble());
                events.add(new Observation(series, time, amount));
                ofSeries[tick] += ofEvents.aggregate() == TickAggregate.COUNT ? 1 : amount;
            }
        }
        values.put(series, ofSeries);
    }

    /** The stream of events. */
    List<DrillStream.Arrival> arrivals() {
        return events.stream().map(each -> new DrillStream.Arrival(0, each)).toList();
    }

    /** The stream with one reading per tick. */
    List<DrillStream.Arrival> cleanArrivals() {
        List<DrillStream.Arrival> arrivals = new ArrayList<>();
        int end = values.values().iterator().next().length;
        for (int tick = 0; tick < end; tick++) {
            for (Map.Entry<String, double[]> each : values.entrySet()) {
                double value = each.getValue()[tick];
                arrivals.add(
                        new DrillStream.Arrival(
                                0, new Observation(each.getKey(), grid.millis(tick), value)));
            }
        }
        return arrivals;
    }

    /** The score of the case; the spread of a series of events counts as one. */
    CaseScore score(CollectedForecasts cleanForecasts, CollectedForecasts forecasts) {
        Scorer scorer = new Scorer(grid);
        values.forEach(
                (series, ofSeries) -> {
                    SentSeries trace = new SentSeries(ofSeries, ofSeries);
                    CollectedForecasts.OfSeries came = forecasts.of(series);
                    scorer.count(came, trace.readingsFrom(grid.at()));
                    scorer.judge(
                            SeriesPair.of(trace, trace, 1),
                            cleanForecasts.of(series),
                            came,
                            grid.at(),
                            ofSeries.length);
                });
        return scorer.score();
    }
}
