package io.tickformer.job;

import io.tickformer.event.EmptyTick;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.ModelTickChange;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.util.StringJoiner;

/**
 * The meaning of ticks that a job asks for, which is the model's unless the model takes any.
 *
 * @param aggregate null where the settings do not say
 * @param empty null where the settings do not say
 */
record TickOverrides(TickAggregate aggregate, EmptyTick empty) {
    static TickOverrides of(JobSettings settings) {
        return new TickOverrides(
                settings.find(TickOptions.AGGREGATE).orElse(null),
                settings.find(TickOptions.EMPTY).orElse(null));
    }

    /**
     * The file of the model, of ticks of this meaning.
     *
     * @throws OptionException if the model takes others only
     */
    byte[] of(byte[] onnx, String path) {
        try {
            return ModelTickChange.change(onnx, aggregate, empty);
        } catch (InferenceException | SpecException e) {
            throw refused(path, e);
        }
    }

    /**
     * The spec of a model made elsewhere, of ticks of this meaning.
     *
     * @throws OptionException if the model takes others only
     */
    ForecastSpec of(ForecastSpec spec, String path) {
        try {
            return spec.withRequestedTicks(aggregate, empty);
        } catch (SpecException e) {
            throw refused(path, e);
        }
    }

    private OptionException refused(String path, RuntimeException e) {
        StringJoiner settings = new StringJoiner(" and ");
        if (aggregate != null) {
            settings.add(
                    "%s is %s"
                            .formatted(
                                    TickOptions.AGGREGATE.key(), OptionDescriptor.text(aggregate)));
        }
        if (empty != null) {
            settings.add(
                    "%s is %s".formatted(TickOptions.EMPTY.key(), OptionDescriptor.text(empty)));
        }
        return new OptionException(
                "%s is %s and %s; %s: leave the setting out, or train a model on such ticks"
                        .formatted(ModelOptions.PATH.key(), path, settings, e.getMessage()),
                e);
    }
}
