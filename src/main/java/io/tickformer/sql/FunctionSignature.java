package io.tickformer.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** The arguments of a function on the series of a table, in order, and the types that follow. */
final class FunctionSignature {
    private final List<StaticArgument> arguments = new ArrayList<>();

    /** A signature that begins with a table, its target column and the path of a model. */
    FunctionSignature() {
        arguments.add(
                StaticArgument.table(
                        CallArguments.INPUT,
                        RowData.class,
                        false,
                        EnumSet.of(
                                StaticArgumentTrait.SET_SEMANTIC_TABLE,
                                StaticArgumentTrait.REQUIRE_ON_TIME)));
        arguments.add(StaticArgument.scalar(CallArguments.TARGET, DataTypes.DESCRIPTOR(), false));
        arguments.add(StaticArgument.scalar(CallArguments.MODEL, DataTypes.STRING(), false));
    }

    /** Adds an argument that may be left out. */
    FunctionSignature with(String name, DataType type) {
        arguments.add(StaticArgument.scalar(name, type, true));
        return this;
    }

    List<StaticArgument> arguments() {
        return List.copyOf(arguments);
    }

    /**
     * The types of a call.
     *
     * @param isSpecialized whether code is generated for the call: only then may a function ask for
     *     rows in Flink's internal form, which saves a conversion of each row
     * @param output from the arguments to the type of the rows
     */
    TypeInference types(boolean isSpecialized, Function<CallArguments, DataType> output) {
        LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
        DataType map = MapView.newMapViewDataType(DataTypes.STRING().notNull(), DataTypes.BYTES());
        state.put("series", StateTypeStrategy.of(call -> Optional.of(map)));
        return TypeInference.newBuilder()
                .staticArguments(arguments)
                .inputTypeStrategy(
                        isSpecialized ? new InternalRows() : InputTypeStrategies.WILDCARD)
                .stateTypeStrategies(state)
                .outputTypeStrategy(
                        call -> Optional.of(output.apply(new CallArguments(arguments, call))))
                .build();
    }

    /** Takes the arguments as they are, and the rows of the table in Flink's internal form. */
    private static final class InternalRows implements InputTypeStrategy {
        @Override
        public ArgumentCount getArgumentCount() {
            return InputTypeStrategies.WILDCARD.getArgumentCount();
        }

        @Override
        public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
            List<DataType> types = new ArrayList<>(call.getArgumentDataTypes());
            types.set(0, types.get(0).bridgedTo(RowData.class));
            return Optional.of(types);
        }

        @Override
        public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
            return InputTypeStrategies.WILDCARD.getExpectedSignatures(definition);
        }
    }

    /** The type of times in rows: that of the table's time column. */
    static DataType timeType(CallArguments call) {
        DataType type =
                call.timeType() == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                        ? DataTypes.TIMESTAMP(3)
                        : DataTypes.TIMESTAMP_LTZ(3);
        return type.notNull();
    }
}
