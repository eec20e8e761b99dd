package com.example;

import io.tickformer.event.Forecast;
import io.tickformer.forecaster.Forecaster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Forecasts meters in any program: a service, a batch, a notebook. No Flink, no Kafka. */
public final class ForecastInAService {
    private ForecastInAService() {}

    /** A reading as this program knows it. */
    public record Reading(String meter, Instant time, double kilowatts) {}

    /**
     * @param args the model; by default one of the repository, seen from its root
     */
    public static void main(String[] args) throws IOException {
        Path model = Path.of(args.length > 0 ? args[0] : "models/meters.onnx");
        Forecast newest = null;
        try (Forecaster forecaster = Forecaster.open(model)) {
            for (Reading reading : readings(24 * 30)) {
                List<Forecast> forecasts =
                        forecaster.push(
                                reading.meter(),
                                reading.time().toEpochMilli(),
                                reading.kilowatts());
                for (Forecast forecast : forecasts) {
                    newest = forecast;
                }
            }
        }
        print(newest);
    }

    /** Prints the next hours: the tenth, the middle and the ninetieth percentile. */
    private static void print(Forecast forecast) {
        int levels = forecast.quantileLevels().length;
        System.out.printf(
                "%s, issued for %s, %s%n",
                forecast.series(),
                Instant.ofEpochMilli(forecast.tickTimeMillis()),
                forecast.quality());
        for (int step = 0; step < 6; step++) {
            // Step 0 is the tick after the one at which the forecast was issued.
            long start = forecast.tickTimeMillis() + (step + 1) * forecast.tickMillis();
            System.out.printf(
                    "%s  low %.2f  median %.2f  high %.2f kW%n",
                    Instant.ofEpochMilli(start),
                    forecast.quantile(step, 0),
                    forecast.quantile(step, levels / 2),
                    forecast.quantile(step, levels - 1));
        }
    }

    /** Readings of two meters, a quarter of an hour apart. */
    private static List<Reading> readings(int hours) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Random random = new Random(1);
        List<Reading> readings = new ArrayList<>();
        for (int quarter = 0; quarter < 4 * hours; quarter++) {
            Instant time = start.plusSeconds(900L * quarter);
            double day = Math.sin(2 * Math.PI * quarter / 96.0);
            readings.add(new Reading("meter-1", time, 3 + day + random.nextGaussian()));
            readings.add(new Reading("meter-2", time, 5 - 2 * day + random.nextGaussian()));
        }
        return readings;
    }
}
