package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.EpochUnit;
import java.util.List;
import java.util.Optional;

/**
 * A record of an input topic, decoded as the job does.
 *
 * @param topic its topic
 * @param partition its partition
 * @param writtenMillis its Kafka timestamp; negative if it has none
 * @param decoded its observations, and a dead letter if it is bad
 * @param missingReadings its values that are null or absent while it has others
 * @param fittingUnit the unit in which its event time would be plausible, if it is not in the
 *     configured one
 */
@Internal
public record SampledRecord(
        String topic,
        int partition,
        long writtenMillis,
        List<Decoded> decoded,
        int missingReadings,
        Optional<EpochUnit> fittingUnit) {
    public SampledRecord {
        decoded = List.copyOf(decoded);
    }
}
