package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.TickPiece;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Carries the model and the settings to the tasks and creates a {@link ForecastOperator} in each.
 * Prefer {@code ForecastPipeline}, which also declares the managed memory of the cache:
 *
 * <pre>{@code
 * pieces.keyBy(TickPiece::series)
 *         .transform("forecast", ForecastSerializer.TYPE, new ForecastOperatorFactory(...))
 * }</pre>
 */
@Internal
public final class ForecastOperatorFactory extends AbstractStreamOperatorFactory<Forecast>
        implements OneInputStreamOperatorFactory<TickPiece, Forecast> {
    private static final long serialVersionUID = 1L;

    private final byte[] model;

    /** JSON, since the factory is serialized; null for a model that carries its own spec. */
    private final String foreignSpec;

    private final ForecastOperatorSettings settings;
    private final MonitoringSettings monitoring;

    /**
     * @param model the bytes of the ONNX file
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     */
    public ForecastOperatorFactory(
            byte[] model, ForecastSpec foreign, ForecastOperatorSettings settings) {
        this(model, foreign, settings, MonitoringSettings.NONE);
    }

    /** As above, for an operator that logs its progress and advice. */
    public ForecastOperatorFactory(
            byte[] model,
            ForecastSpec foreign,
            ForecastOperatorSettings settings,
            MonitoringSettings monitoring) {
        this.model = model.clone();
        this.foreignSpec = foreign == null ? null : SpecJson.write(foreign);
        this.settings = settings;
        this.monitoring = monitoring;
    }

    @Override
    // The signature is Flink's, which asks for the class named below.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Forecast>> T createStreamOperator(
            StreamOperatorParameters<Forecast> parameters) {
        ForecastSpec foreign = foreignSpec == null ? null : SpecJson.read(foreignSpec);
        return (T) new ForecastOperator(parameters, model, foreign, settings, monitoring);
    }

    @Override
    public Class<? extends StreamOperator<Forecast>> getStreamOperatorClass(
            ClassLoader classLoader) {
        return ForecastOperator.class;
    }
}
