package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.evaluation.Medians;
import io.tickformer.event.Forecast;

/** Which single number of a forecast is scored. */
@Internal
public enum PointForecast {
    /** The median, which minimises the expected absolute error. */
    MEDIAN {
        @Override
        public double of(Forecast forecast, int step) {
            return forecast.quantileLevels().length == 0
                    ? forecast.mean()[step]
                    : Medians.of(forecast, step);
        }
    },
    /** The mean, which minimises the expected squared error. */
    MEAN {
        @Override
        public double of(Forecast forecast, int step) {
            return forecast.mean()[step];
        }
    };

    /** The number for a step, from 0. A forecast without quantiles has only a mean. */
    public abstract double of(Forecast forecast, int step);
}
