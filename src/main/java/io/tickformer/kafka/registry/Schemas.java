package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The Avro schemas in {@code schemas/}, which this version of Tickformer writes. */
@Internal
public final class Schemas {
    private static final Schema FORECAST = load("forecast");
    private static final Schema OBSERVATION = load("observation");

    private static final Schema SCORE = load("score");
    private static final Schema ANOMALY = load("anomaly");
    private static final Schema EVENT = load("event");

    private Schemas() {}

    /** The schema of scores. */
    public static Schema score() {
        return SCORE;
    }

    /** The schema of anomalies. */
    public static Schema anomaly() {
        return ANOMALY;
    }

    /** The schema of events: drift, fallback, a model that fails. */
    public static Schema event() {
        return EVENT;
    }

    /** The schema of forecasts in the output topic. */
    public static Schema forecast() {
        return FORECAST;
    }

    /** The schema of observations, for late ones and for those of the demo. */
    public static Schema observation() {
        return OBSERVATION;
    }

    private static Schema load(String name) {
        String resource = "/schemas/" + name + ".avsc";
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        resource + " is not on the class path; is the jar complete?");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
