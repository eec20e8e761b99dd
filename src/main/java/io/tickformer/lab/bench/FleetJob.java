package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickPiece;
import io.tickformer.flow.ForecastPipeline;
import io.tickformer.operator.ForecastSerializer;
import io.tickformer.operator.TickPieceSerializer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job of a fleet: generated ticks, the operator, counted forecasts. */
@Internal
public final class FleetJob {
    private final FleetBenchSetup plan;
    private final MapFunction<Long, Tick> ticks;
    private final String name;

    FleetJob(FleetBenchSetup plan) {
        this(plan, new FleetTicks(plan.series(), plan.spec().ringTicks()));
    }

    /**
     * A job with custom ticks.
     *
     * @param ticks maps numbers from 0 to ticks. Tick indices rise, and late ticks are late by less
     *     than the context length
     */
    public FleetJob(FleetBenchSetup plan, MapFunction<Long, Tick> ticks) {
        this.plan = plan;
        this.ticks = ticks;
        this.name = "fleet of %d on %s".formatted(plan.series(), plan.backend().flinkName());
    }

    /** The name of the job and its gate. */
    public String name() {
        return name;
    }

    /** Wires the job into an environment. */
    public void wire(StreamExecutionEnvironment environment) {
        long tickMillis = plan.spec().tickMillis();
        // A single subtask generates the ticks, so that they keep their order.
        SingleOutputStreamOperator<TickPiece> made =
                environment
                        .fromSource(
                                new FleetSource(name), WatermarkStrategy.noWatermarks(), "numbers")
                        .setParallelism(1)
                        .map(new Pieces(ticks, tickMillis), TickPieceSerializer.TYPE)
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<TickPiece>forGenerator(
                                                any -> new FleetWatermarks(tickMillis))
                                        .withTimestampAssigner(
                                                (tick, any) -> (tick.index() + 1) * tickMillis - 1))
                        .setParallelism(1);
        ForecastPipeline.of(plan.onnx())
                .forecastTicks(made.keyBy(TickPiece::series, Types.STRING))
                .map(new Count(name), ForecastSerializer.TYPE)
                .sinkTo(new DiscardingSink<>());
    }

    /** Makes each tick a single piece, emitted at its end. */
    private static final class Pieces implements MapFunction<Long, TickPiece> {
        private static final long serialVersionUID = 1L;

        private final MapFunction<Long, Tick> ticks;
        private final long tickMillis;

        Pieces(MapFunction<Long, Tick> ticks, long tickMillis) {
            this.ticks = ticks;
            this.tickMillis = tickMillis;
        }

        @Override
        public TickPiece map(Long number) throws Exception {
            Tick tick = ticks.map(number);
            return TickPiece.ended(tick, (tick.index() + 1) * tickMillis - 1);
        }
    }

    /** Counts forecasts. */
    private static final class Count implements MapFunction<Forecast, Forecast> {
        private static final long serialVersionUID = 1L;

        private final String gate;
        private transient FleetThrottle found;

        Count(String gate) {
            this.gate = gate;
        }

        @Override
        public Forecast map(Forecast forecast) {
            if (found == null) {
                found = FleetThrottle.find(gate);
            }
            found.arrived();
            return forecast;
        }
    }
}
