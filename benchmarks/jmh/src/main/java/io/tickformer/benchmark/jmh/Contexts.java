package io.tickformer.benchmark.jmh;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Full contexts of seeded noise. */
final class Contexts {
    private final Random random = new Random(1);

    /** One for a model. */
    SeriesContext full(ForecastSpec spec) {
        SeriesContext context = SeriesContext.of(spec);
        for (int tick = 0; tick < spec.ringTicks(); tick++) {
            context.update(tick, value());
        }
        return context;
    }

    /** Some for a model. */
    List<SeriesContext> full(ForecastSpec spec, int count) {
        List<SeriesContext> contexts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contexts.add(full(spec));
        }
        return contexts;
    }

    /** A value of a tick. */
    double value() {
        return 100 + random.nextGaussian();
    }
}
