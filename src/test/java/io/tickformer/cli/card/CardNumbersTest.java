package io.tickformer.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardNumbersTest {

    @Test
    void barsGoFromTheLeastToTheGreatest() {
        assertThat(CardNumbers.sparkline(List.of(8.0, 1.0, 4.5), 60)).isEqualTo("█▁▅");
        assertThat(CardNumbers.sparkline(List.of(3.0, 3.0), 60)).isEqualTo("▁▁");
    }

    @Test
    void manyNumbersBecomeMeansOfNeighbours() {
        assertThat(CardNumbers.sparkline(List.of(0.0, 2.0, 7.0, 9.0), 2)).isEqualTo("▁█");
        assertThat(CardNumbers.sparkline(Collections.nCopies(1000, 1.0), 60)).hasSize(60);
    }

    @Test
    void whatIsNoNumberIsADash() {
        assertThat(CardNumbers.sparkline(List.of(Double.NaN), 60)).isEqualTo("–");
        assertThat(CardNumbers.sparkline(List.of(Double.NaN, 1.0, 2.0), 60)).isEqualTo("▁█");
        assertThat(CardNumbers.four(Double.NaN)).isEqualTo("–");
        assertThat(CardNumbers.percent(0.12345)).isEqualTo("12.35%");
        assertThat(CardNumbers.significant(1234567)).isEqualTo("1.235e+06");
    }
}
