package io.tickformer.lab.bench;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickPiece;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Replaces the model in the pass-through variant: emits for every tick a forecast of the model's
 * size that repeats the tick's value. It has no context and no state.
 */
final class PassThroughOperatorFactory extends AbstractStreamOperatorFactory<Forecast>
        implements OneInputStreamOperatorFactory<TickPiece, Forecast> {
    private static final long serialVersionUID = 1L;

    private final long tickMillis;
    private final int horizon;
    private final double[] levels;

    /** Emits forecasts with the size and the ticks of a spec. */
    PassThroughOperatorFactory(ForecastSpec spec) {
        this.tickMillis = spec.tickMillis();
        this.horizon = spec.horizon();
        this.levels = spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    // The signature is Flink's; it returns the class named below.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Forecast>> T createStreamOperator(
            StreamOperatorParameters<Forecast> parameters) {
        return (T) new Operator(parameters, this);
    }

    @Override
    public Class<? extends StreamOperator<Forecast>> getStreamOperatorClass(
            ClassLoader classLoader) {
        return Operator.class;
    }

    private Forecast forecast(TickPiece tick) {
        double value = tick.gathered().value(0, TickAggregate.MEAN);
        double[] quantiles = new double[horizon * levels.length];
        double[] mean = new double[horizon];
        Arrays.fill(quantiles, value);
        Arrays.fill(mean, value);
        return new Forecast(
                tick.series(),
                tick.index(),
                tick.index() * tickMillis,
                tickMillis,
                levels,
                quantiles,
                mean,
                "repeated value",
                "1",
                1,
                ForecastQuality.OK);
    }

    /** Emits one forecast per tick. */
    private static final class Operator extends AbstractStreamOperator<Forecast>
            implements OneInputStreamOperator<TickPiece, Forecast> {
        private static final long serialVersionUID = 1L;

        private final PassThroughOperatorFactory values;

        Operator(StreamOperatorParameters<Forecast> parameters, PassThroughOperatorFactory values) {
            super(parameters);
            this.values = values;
        }

        @Override
        public void processElement(StreamRecord<TickPiece> element) {
            Forecast forecast = values.forecast(element.getValue());
            long end = forecast.tickTimeMillis() + forecast.tickMillis() - 1;
            output.collect(new StreamRecord<>(forecast, end));
        }
    }
}
