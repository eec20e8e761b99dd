package io.tickformer.lab.drill;

import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.source.ObservationWatermarks;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermarks of the job for a stream whose elements are positions in the list of arrivals. As
 * in a Flink source, each partition has its own watermark and the minimum counts. A partition is
 * idle if it sends nothing while the others advance by some ticks.
 */
final class DrillWatermarks implements WatermarkStrategy<Long> {
    private static final long serialVersionUID = 1L;

    private final String stream;
    private final ObservationWatermarks ofPartition;
    private final long idleMillis;

    /**
     * @param stream its name
     * @param ofPartition the watermark rule of a partition
     * @param idleMillis advance of the others, in event time, after which a partition is idle
     */
    DrillWatermarks(String stream, ObservationWatermarks ofPartition, long idleMillis) {
        this.stream = stream;
        this.ofPartition = ofPartition;
        this.idleMillis = idleMillis;
    }

    @Override
    public TimestampAssigner<Long> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        DrillStream found = DrillStream.find(stream);
        return (place, any) ->
                found.arrivals().get(Math.toIntExact(place)).observation().eventTimeMillis();
    }

    @Override
    public WatermarkGenerator<Long> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Generator(DrillStream.find(stream), ofPartition, idleMillis, context);
    }

    private static final class Generator implements WatermarkGenerator<Long> {
        private final DrillStream stream;
        private final long idleMillis;
        private final Map<Integer, WatermarkGenerator<Decoded>> generators = new TreeMap<>();

        /** By partition, the latest event time of all partitions when it last sent a reading. */
        private final Map<Integer, Long> heard = new TreeMap<>();

        private long latest = Long.MIN_VALUE;
        private WatermarkOutputMultiplexer outputs;

        Generator(
                DrillStream stream,
                ObservationWatermarks ofPartition,
                long idleMillis,
                WatermarkGeneratorSupplier.Context context) {
            this.stream = stream;
            this.idleMillis = idleMillis;
            for (DrillStream.Arrival arrival : stream.arrivals()) {
                generators.computeIfAbsent(
                        arrival.partition(),
                        partition -> ofPartition.createWatermarkGenerator(context));
            }
        }

        @Override
        public void onEvent(Long place, long eventTimeMillis, WatermarkOutput output) {
            if (outputs == null) {
                outputs = new WatermarkOutputMultiplexer(output);
                generators.keySet().forEach(each -> outputs.registerNewOutput(each.toString()));
            }
            DrillStream.Arrival arrival = stream.arrivals().get(Math.toIntExact(place));
            latest = Math.max(latest, eventTimeMillis);
            heard.put(arrival.partition(), latest);
            generators
                    .get(arrival.partition())
                    .onEvent(
                            new Decoded.Observed(arrival.observation(), DrillStream.NOT_WRITTEN),
                            eventTimeMillis,
                            of(arrival.partition()));
            heard.forEach(
                    (partition, when) -> {
                        if (latest - when > idleMillis) {
                            of(partition).markIdle();
                        }
                    });
        }

        /** Does nothing: watermarks depend on the stream alone. */
        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}

        private WatermarkOutput of(int partition) {
            return outputs.getImmediateOutput(Integer.toString(partition));
        }
    }
}
