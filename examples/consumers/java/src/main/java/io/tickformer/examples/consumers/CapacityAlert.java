package io.tickformer.examples.consumers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Warns when a series may exceed its capacity soon, one JSON object a line. A series is warned of
 * when the quantile of its forecast at {@code --level} is above {@code --capacity} in a tick that
 * ends at most {@code --hours} after the forecast, and again only after a forecast that was not.
 */
public final class CapacityAlert {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final double level;
    private final double capacity;
    private final Duration within;
    private final Set<String> atRisk = new HashSet<>();

    CapacityAlert(double level, double capacity, Duration within) {
        this.level = level;
        this.capacity = capacity;
        this.within = within;
    }

    /** The tick at which the forecast was issued, and the tick in which it is above the capacity. */
    record Alert(
            String series,
            Instant tickTime,
            Instant crossingTime,
            double quantile,
            String quality) {

        String json() {
            ObjectNode json = MAPPER.createObjectNode();
            json.put("series", series);
            json.put("tick_time", tickTime.toString());
            json.put("crossing_time", crossingTime.toString());
            json.put("quantile", quantile);
            json.put("quality", quality);
            return json.toString();
        }
    }

    /** The alert that a forecast gives, if its series begins to be at risk. */
    Optional<Alert> next(Forecast forecast) {
        // The model knows too little of the series yet. FALLBACK is a simple forecast, but an
        // honest one.
        if (forecast.quality().equals("WARMING_UP")) {
            return Optional.empty();
        }
        Optional<Alert> crossing = firstCrossing(forecast);
        if (crossing.isEmpty()) {
            atRisk.remove(forecast.series());
            return crossing;
        }
        return atRisk.add(forecast.series()) ? crossing : Optional.empty();
    }

    private Optional<Alert> firstCrossing(Forecast forecast) {
        for (int step = 0; step < forecast.quantiles().size(); step++) {
            Duration ahead = forecast.tick().multipliedBy(step + 1);
            if (ahead.compareTo(within) > 0) {
                return Optional.empty();
            }
            double quantile = forecast.quantile(step, level);
            if (quantile > capacity) {
                return Optional.of(
                        new Alert(
                                forecast.series(),
                                forecast.tickTime(),
                                forecast.tickTime().plus(ahead),
                                quantile,
                                forecast.quality()));
            }
        }
        return Optional.empty();
    }

    public static void main(String[] given) throws IOException {
        Arguments arguments =
                Arguments.of(given, Map.of("capacity", "", "level", "0.9", "hours", "4"));
        CapacityAlert alerts =
                new CapacityAlert(
                        arguments.number("level"),
                        arguments.number("capacity"),
                        Duration.ofMillis(Math.round(3_600_000 * arguments.number("hours"))));
        new ForecastTopic(arguments)
                .read(
                        record ->
                                alerts.next(ForecastTopic.forecast(record))
                                        .ifPresent(alert -> System.out.println(alert.json())));
    }
}
