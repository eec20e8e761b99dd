package io.tickformer.job;

import io.tickformer.annotation.Nullable;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecException;
import java.util.StringJoiner;

/**
 * The tick aggregate and the value of empty ticks as set for the job. They must be the model's,
 * unless the model accepts any.
 *
 * @param aggregate null if it is not set
 * @param empty null if it is not set
 */
record TickOverrides(@Nullable TickAggregate aggregate, @Nullable EmptyTickPolicy empty) {
    static TickOverrides of(JobSettings settings) {
        return new TickOverrides(
                settings.find(TickOptions.AGGREGATE).orElse(null),
                settings.find(TickOptions.EMPTY).orElse(null));
    }

    /**
     * Applies the overrides to the file of a model.
     *
     * @throws OptionException if the model does not accept them
     */
    byte[] of(byte[] onnx, String path) {
        try {
            return ModelTickRewriter.change(onnx, aggregate, empty);
        } catch (InferenceException | SpecException e) {
            throw refused(path, e);
        }
    }

    /**
     * Applies the overrides to the spec of a foreign model.
     *
     * @throws OptionException if the model does not accept them
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
                "%s is %s and %s; %s: remove the setting, or train a model on such ticks"
                        .formatted(ModelOptions.PATH.key(), path, settings, e.getMessage()),
                e);
    }
}
