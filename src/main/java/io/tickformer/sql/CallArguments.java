package io.tickformer.sql;

import io.tickformer.annotation.Nullable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.RowType.RowField;
import org.apache.flink.types.ColumnList;

/** The arguments of a call of a function, by name. They must be literals. */
final class CallArguments {
    /** The argument with the table, the first one of each function. */
    static final String INPUT = "input";

    static final String TARGET = "target";
    static final String MODEL = "model";
    static final String HORIZON = "horizon";
    static final String TICK = "tick";
    static final String CONFIDENCE = "confidence";
    static final String QUANTILE_LEVELS = "quantile_levels";
    static final String MIN_CONTEXT_SIZE = "min_context_size";
    static final String OUTPUT = "output";
    static final String AGGREGATE = "aggregate";
    static final String EMPTY_TICKS = "empty_ticks";
    static final String CALIBRATE = "calibrate";
    static final String FALSE_ALARM_TICKS = "false_alarm_ticks";
    static final String OUT_OF_ORDERNESS = "out_of_orderness";
    static final String CACHE_MEMORY = "cache_memory";

    /** As in the job. */
    private static final Duration DEFAULT_OUT_OF_ORDERNESS = Duration.ofSeconds(10);

    private final List<StaticArgument> signature;
    private final CallContext call;

    CallArguments(List<StaticArgument> signature, CallContext call) {
        this.signature = signature;
        this.call = call;
    }

    private int position(String name) {
        for (int i = 0; i < signature.size(); i++) {
            if (signature.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The value of an argument; null if it is not given, or the function does not have it. */
    private <T> @Nullable T find(String name, Class<T> type) {
        int position = position(name);
        if (position < 0 || call.isArgumentNull(position)) {
            return null;
        }
        return call.getArgumentValue(position, type)
                .orElseThrow(
                        () -> {
                            boolean isLiteral = call.isArgumentLiteral(position);
                            return new SqlArgumentException(
                                    "%s is not %s"
                                            .formatted(
                                                    name,
                                                    isLiteral
                                                            ? "of the type "
                                                                    + signature
                                                                            .get(position)
                                                                            .getDataType()
                                                                            .orElseThrow()
                                                            : "a literal; expected a constant"));
                        });
    }

    /** The columns of a descriptor; empty if it is not given. */
    private List<String> columns(String name) {
        ColumnList columns = find(name, ColumnList.class);
        return columns == null ? List.of() : columns.getNames();
    }

    private RowType inputType() {
        return (RowType) call.getArgumentDataTypes().get(0).getLogicalType();
    }

    /** The type of the table's time column; none if the statement names none. */
    @Nullable
    LogicalTypeRoot timeType() {
        int position = call.getTableSemantics(0).orElseThrow().timeColumn();
        if (position < 0 && signature.size() < call.getArgumentDataTypes().size()) {
            // The semantics do not know it yet. Flink adds the argument on_time behind the others.
            position =
                    call.getArgumentValue(signature.size(), ColumnList.class)
                            .map(ColumnList::getNames)
                            .map(names -> inputType().getFieldIndex(names.get(0)))
                            .orElse(-1);
        }
        return position < 0 ? null : inputType().getTypeAt(position).getTypeRoot();
    }

    /** The positions of the PARTITION BY columns in the table. */
    int[] partition() {
        return call.getTableSemantics(0).orElseThrow().partitionByColumns();
    }

    /** The types of the table's columns. */
    List<LogicalType> columnTypes() {
        return inputType().getChildren();
    }

    /**
     * The positions of the target columns in the table, in the order of the model's channels.
     *
     * @param channels of the model; empty if it forecasts a single series
     * @throws SqlArgumentException if there is no such column, it is no number, or the model has
     *     other channels
     */
    int[] targets(List<String> channels) {
        List<String> names = columns(TARGET);
        if (channels.isEmpty() && names.size() != 1) {
            throw SqlArgumentException.of(
                    TARGET, descriptor(names), "one column: the model forecasts a single series");
        }
        if (!channels.isEmpty()
                && (names.size() != channels.size() || !names.containsAll(channels))) {
            throw SqlArgumentException.of(
                    TARGET,
                    descriptor(names),
                    "%s: the model mixes these channels".formatted(descriptor(channels)));
        }
        List<String> ordered = channels.isEmpty() ? names : channels;
        return ordered.stream().mapToInt(this::target).toArray();
    }

    private static String descriptor(List<String> names) {
        return names.stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ", "DESCRIPTOR(", ")"));
    }

    private int target(String name) {
        RowType row = inputType();
        int position = row.getFieldIndex(name);
        if (position < 0) {
            throw SqlArgumentException.of(
                    TARGET,
                    descriptor(List.of(name)),
                    "a column of the table, one of "
                            + row.getFields().stream().map(RowField::getName).toList());
        }
        LogicalType type = row.getTypeAt(position);
        if (!type.is(LogicalTypeFamily.NUMERIC)) {
            throw SqlArgumentException.of(
                    TARGET,
                    "%s of the type %s"
                            .formatted(descriptor(List.of(name)), type.asSummaryString()),
                    "a column of numbers, such as DOUBLE or DECIMAL");
        }
        return position;
    }

    /** A text that must be given. */
    String text(String name) {
        String value = find(name, String.class);
        if (value == null) {
            throw SqlArgumentException.of(name, "NULL", "a value");
        }
        return value;
    }

    /** A number that is at least a minimum. */
    int number(String name, int absent, int least) {
        Integer value = find(name, Integer.class);
        if (value != null && value < least) {
            throw SqlArgumentException.of(name, value, "at least " + least);
        }
        return value == null ? absent : value;
    }

    /**
     * A decimal number; null if it is not given, or not known yet: the planner converts it to the
     * type of the argument only after it has asked for the type of the rows.
     */
    @Nullable
    Double number(String name) {
        int position = position(name);
        boolean isKnown = call.isArgumentNull(position) || call.isArgumentLiteral(position);
        BigDecimal value = isKnown ? find(name, BigDecimal.class) : null;
        return value == null ? null : value.doubleValue();
    }

    boolean flag(String name, boolean absent) {
        Boolean value = find(name, Boolean.class);
        return value == null ? absent : value;
    }

    /** A length of time, longer than zero; null if it is not given. */
    @Nullable
    Duration duration(String name) {
        Duration value = find(name, Duration.class);
        if (value != null && (value.isNegative() || value.isZero())) {
            throw SqlArgumentException.of(name, value, "an interval longer than zero");
        }
        return value;
    }

    /** By how much the readings of a series may come out of order. */
    Duration outOfOrderness() {
        Duration value = find(OUT_OF_ORDERNESS, Duration.class);
        if (value != null && value.isNegative()) {
            throw SqlArgumentException.of(OUT_OF_ORDERNESS, value, "zero or more");
        }
        return value == null ? DEFAULT_OUT_OF_ORDERNESS : value;
    }

    /** A word for a constant, in any case of letters; null if it is not given. */
    <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
        String value = find(name, String.class);
        if (value == null) {
            return null;
        }
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(value)) {
                return each;
            }
        }
        throw SqlArgumentException.of(
                name,
                "'" + value + "'",
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(each -> "'" + each.name().toLowerCase(Locale.ROOT) + "'")
                                .collect(Collectors.joining(", ")));
    }

    /** Numbers that are written with commas between them. */
    List<Double> numbers(String name) {
        String value = find(name, String.class);
        if (value == null || value.isBlank()) {
            return List.of();
        }
        try {
            return Arrays.stream(value.split(",", -1)).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw SqlArgumentException.of(
                    name, "'" + value + "'", "numbers with commas, such as '0.1, 0.5, 0.9'");
        }
    }

    /** A number of bytes, such as {@code 64 mb}. */
    long bytes(String name, long absent) {
        String value = find(name, String.class);
        try {
            return value == null ? absent : MemorySize.parseBytes(value);
        } catch (IllegalArgumentException e) {
            throw SqlArgumentException.of(name, "'" + value + "'", "a size such as '64 mb'");
        }
    }
}
