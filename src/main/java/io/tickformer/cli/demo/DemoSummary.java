package io.tickformer.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.evaluation.Score;
import java.io.PrintWriter;

/**
 * Figures of a finished demo.
 *
 * @param events records sent to the input topic, including malformed ones
 * @param ticks ticks replayed
 * @param forecasts committed records of the forecasts topic
 * @param deadLetters records of the dead-letter topic
 * @param late records of the topic of late observations
 * @param score errors of the forecast steps whose actual values have arrived
 * @param relativeError error divided by that of seasonal naive, averaged over the series
 * @param season ticks in a season
 * @param coverage80 share of recent values within the 80 per cent interval forecast for them, as
 *     the job itself counts it; NaN if unknown
 * @param anomalies records of the topic of anomalies
 * @param forecastsPerSecond forecasts per second between the first and the last one
 */
record DemoSummary(
        long events,
        long ticks,
        long forecasts,
        long deadLetters,
        long late,
        Score score,
        double relativeError,
        int season,
        double coverage80,
        long anomalies,
        double forecastsPerSecond) {

    void print(PrintWriter out) {
        out.printf("events in            %,12d%n", events);
        out.printf("ticks                %,12d%n", ticks);
        out.printf("forecasts out        %,12d%n", forecasts);
        out.printf("dead letters         %,12d%n", deadLetters);
        out.printf("late                 %,12d%n", late);
        out.printf("steps come due       %,12d%n", score.targets());
        if (score.targets() > 0) {
            out.printf("error (MAE, median)  %12.4f%n", score.meanAbsoluteError());
            out.printf(
                    "seasonal naive (%d)%s%12.4f%n",
                    season,
                    " ".repeat(Math.max(1, 4 - String.valueOf(season).length())),
                    score.seasonalNaiveError());
            out.printf(
                    "error / naive        %12.4f   (mean over series %.4f)%n",
                    score.relativeError(), relativeError);
        }
        if (Double.isFinite(coverage80)) {
            out.printf("within 80 %% interval %12.1f %%%n", 100 * coverage80);
        }
        out.printf("anomalies            %,12d%n", anomalies);
        if (Double.isFinite(forecastsPerSecond)) {
            out.printf("forecasts a second   %,12.0f%n", forecastsPerSecond);
        }
        out.flush();
    }

    /** One JSON object in one line; an undefined error is null. */
    String toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("events", events);
        json.put("ticks", ticks);
        json.put("forecasts", forecasts);
        json.put("dead_letters", deadLetters);
        json.put("late", late);
        json.put("scored_steps", score.targets());
        putFinite(json, "mae", score.meanAbsoluteError());
        putFinite(json, "seasonal_naive_mae", score.seasonalNaiveError());
        putFinite(json, "mean_relative_error", relativeError);
        json.put("season", season);
        putFinite(json, "coverage80", coverage80);
        json.put("anomalies", anomalies);
        putFinite(json, "forecasts_per_second", forecastsPerSecond);
        return json.toString();
    }

    private static void putFinite(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
