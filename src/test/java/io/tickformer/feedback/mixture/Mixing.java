package io.tickformer.feedback.mixture;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.Arrays;

/** Mixes forecasts with a mixture alone. */
final class Mixing {
    private Mixing() {}

    /** Whether the model gave a finite forecast. */
    static boolean isModel(Forecast raw) {
        return raw.quality() != ForecastQuality.FALLBACK
                && Arrays.stream(raw.quantiles()).allMatch(Double::isFinite);
    }

    /** The mixture of a forecast, or of naive alone if it is not finite. */
    static Forecast mix(
            ForecastMixture mixture, FeedbackShape shape, Forecast raw, SimpleForecasts simple) {
        ForecastPaths paths = new ForecastPaths(shape);
        paths.load(raw);
        if (!paths.isFinite()) {
            paths.fill(simple.naive());
        }
        mixture.mix(isModel(raw), paths, simple);
        return raw.withValues(
                paths.copyQuantiles(), paths.mean().clone(), raw.quality(), raw.calibrated());
    }
}
