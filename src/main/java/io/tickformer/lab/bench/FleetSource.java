package io.tickformer.lab.bench;

import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimitedSourceReader;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Generates numbers from 0, as many as a {@link FleetThrottle} lets through. It never ends, because
 * the end of the input would let every series expire.
 */
final class FleetSource extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;

    private final String gate;

    FleetSource(String gate) {
        super(0, Long.MAX_VALUE);
        this.gate = gate;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new RateLimitedSourceReader<>(
                super.createReader(context), new Gated(FleetThrottle.find(gate)));
    }

    private record Gated(FleetThrottle gate) implements RateLimiter<NumberSequenceSplit> {
        @Override
        public CompletionStage<Void> acquire(int count) {
            return gate.take(count);
        }
    }
}
