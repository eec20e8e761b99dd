package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import io.tickformer.annotation.Internal;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;

/** Which meanings of a tick a model accepts. */
@Internal
public enum AcceptedTickMeanings {
    /** Only the meaning it was trained on. */
    OWN,
    /** Any meaning. A model that was trained on many kinds of synthetic series accepts them all. */
    ANY;

    /**
     * Returns the meaning of the ticks of a job.
     *
     * @param own the meaning that the model was trained on
     * @param aggregate the requested aggregate; null for that of {@code own}
     * @param empty the requested value of a tick without observations; null for that of {@code own}
     *     or, with another aggregate, for the default of that aggregate
     * @throws SpecException if the model does not accept that meaning
     */
    TickMeaning resolve(TickMeaning own, TickAggregate aggregate, EmptyTickPolicy empty) {
        boolean sameAggregate = aggregate == null || aggregate == own.aggregate();
        EmptyTickPolicy ofAggregate = sameAggregate ? own.empty() : EmptyTickPolicy.of(aggregate);
        TickMeaning wanted =
                new TickMeaning(
                        aggregate == null ? own.aggregate() : aggregate,
                        empty == null ? ofAggregate : empty);
        require(
                this == ANY || wanted.equals(own),
                "the tick asked for",
                wanted.text(),
                own.text() + ", which the model was trained on");
        return wanted;
    }
}
