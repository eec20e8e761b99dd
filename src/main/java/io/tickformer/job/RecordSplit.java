package io.tickformer.job;

import io.tickformer.event.Observation;
import io.tickformer.kafka.DeadLetter;
import io.tickformer.kafka.DeadLetterSerializer;
import io.tickformer.kafka.Decoded;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Passes observations on, and dead letters to a side output. */
final class RecordSplit extends ProcessFunction<Decoded, Observation> {
    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);

    @Override
    public void processElement(Decoded decoded, Context context, Collector<Observation> out) {
        if (decoded instanceof Decoded.Observed observed) {
            out.collect(observed.observation());
        } else if (decoded instanceof Decoded.Rejected rejected) {
            context.output(DEAD_LETTERS, rejected.deadLetter());
        }
    }
}
