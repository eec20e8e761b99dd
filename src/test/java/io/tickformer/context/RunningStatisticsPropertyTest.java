package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.spec.Normalisation;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;

final class RunningStatisticsPropertyTest {

    @Property(tries = 200)
    void theRecursionEqualsTheWeightedSums(
            @ForAll("ticks") List<Double> ticks,
            @ForAll @DoubleRange(min = 0.5, max = 300) double halfLife) {
        RunningStatistics statistics = new RunningStatistics(new Normalisation(halfLife, 4));
        ticks.forEach(statistics::add);

        double weights = 0;
        double weighted = 0;
        for (int i = 0; i < ticks.size(); i++) {
            if (!Double.isNaN(ticks.get(i))) {
                double weight = Math.pow(2, -(ticks.size() - 1 - i) / halfLife);
                weights += weight;
                weighted += weight * ticks.get(i);
            }
        }
        double mean = weights == 0 ? 0 : weighted / weights;
        double squares = 0;
        for (int i = 0; i < ticks.size(); i++) {
            if (!Double.isNaN(ticks.get(i))) {
                double weight = Math.pow(2, -(ticks.size() - 1 - i) / halfLife);
                squares += weight * (ticks.get(i) - mean) * (ticks.get(i) - mean);
            }
        }
        double deviation = weights == 0 ? 0 : Math.sqrt(squares / weights);
        assertThat(statistics.location()).isCloseTo(mean, offset(1e-7));
        assertThat(statistics.scale()).isCloseTo(deviation, offset(1e-5));
    }

    @Provide
    Arbitrary<List<Double>> ticks() {
        Arbitrary<Double> observed = Arbitraries.doubles().between(-1000, 1000);
        return Arbitraries.frequencyOf(
                        Tuple.of(4, observed), Tuple.of(1, Arbitraries.just(Double.NaN)))
                .list()
                .ofMaxSize(60);
    }
}
