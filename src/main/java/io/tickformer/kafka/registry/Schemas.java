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

    private Schemas() {}

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
