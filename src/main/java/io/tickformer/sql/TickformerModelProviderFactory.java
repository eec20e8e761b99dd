package io.tickformer.sql;

import io.tickformer.annotation.Public;
import io.tickformer.spec.ForecastSpec;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.FactoryUtil.ModelProviderFactoryHelper;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/**
 * The provider {@code tickformer} of {@code CREATE MODEL}: {@code ML_PREDICT} forecasts what comes
 * after an array of ticks, in the process of the task.
 *
 * <pre>{@code
 * CREATE MODEL meters
 *   INPUT (context ARRAY<DOUBLE>)
 *   OUTPUT (mean ARRAY<DOUBLE>, lower_bound ARRAY<DOUBLE>, upper_bound ARRAY<DOUBLE>)
 *   WITH ('provider' = 'tickformer', 'path' = '/opt/tickformer/models/meters.onnx');
 * }</pre>
 *
 * <p>{@code docs/sql/README.md} lists options and columns.
 */
@Public
public final class TickformerModelProviderFactory implements ModelProviderFactory {
    static final ConfigOption<String> PATH =
            ConfigOptions.key("path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Path of the model file.");

    static final ConfigOption<Integer> HORIZON =
            ConfigOptions.key("horizon")
                    .intType()
                    .noDefaultValue()
                    .withDescription("Number of forecast steps; all of the model's by default.");

    static final ConfigOption<Double> CONFIDENCE =
            ConfigOptions.key("confidence")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription("Probability of the interval of the bounds.");

    @Override
    public String factoryIdentifier() {
        return "tickformer";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(PATH);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(HORIZON, CONFIDENCE);
    }

    @Override
    public ModelProvider createModelProvider(Context context) {
        ModelProviderFactoryHelper helper =
                FactoryUtil.createModelProviderFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        SqlModel model = SqlModel.read(options.get(PATH), SqlModel.Ticks.OF_THE_MODEL);
        ForecastSpec spec = model.spec();
        if (!spec.channels().isEmpty()) {
            throw new SqlArgumentException(
                    "path is %s, a model that mixes the channels %s; expected one of a single series"
                            .formatted(options.get(PATH), spec.channels()));
        }
        int horizon = options.getOptional(HORIZON).orElse(spec.horizon());
        if (horizon < 1 || horizon > spec.horizon()) {
            throw SqlArgumentException.of(
                    "horizon",
                    horizon,
                    "1 to %d, the steps that the model forecasts".formatted(spec.horizon()));
        }
        EmittedLevels levels =
                EmittedLevels.of(
                        spec, options.getOptional(CONFIDENCE).orElse(null), spec.quantileLevels());
        ResolvedCatalogModel declared = context.getCatalogModel();
        return new Provider(
                new ContextPredictFunction(
                        model.onnx(),
                        ContextColumns.of(declared.getResolvedInputSchema(), spec),
                        PredictedColumn.of(declared.getResolvedOutputSchema()),
                        levels,
                        horizon));
    }

    /** Gives the function to the planner. */
    private record Provider(ContextPredictFunction function) implements PredictRuntimeProvider {
        @Override
        public PredictFunction createPredictFunction(ModelProvider.Context context) {
            return function;
        }

        @Override
        public ModelProvider copy() {
            return this;
        }
    }
}
