package io.tickformer.inference.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class RotationTableTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal TWO_PI =
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459")
                    .multiply(BigDecimal.valueOf(2));

    /** What a computation in doubles may add to the rounding to a float. */
    private static final double OF_DOUBLES = 1e-15;

    private static double[] turns(int width) {
        double[] turns = new double[width / 2];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = Math.pow(10_000, -2.0 * i / width);
        }
        return turns;
    }

    @Property(tries = 200)
    void aRowIsRightToAFloatsLastBitForTokensOfAnyAge(
            @ForAll @LongRange(min = -(1L << 52), max = 1L << 52) long token,
            @ForAll @IntRange(min = 1, max = 32) int half) {
        double[] turns = turns(2 * half);
        FloatBuffer cosine = FloatBuffer.allocate(half);
        FloatBuffer sine = FloatBuffer.allocate(half);

        new RotationTable(turns, 1, cosine, sine).write(0, token);

        for (int i = 0; i < half; i++) {
            BigDecimal angle = reduced(new BigDecimal(turns[i]).multiply(new BigDecimal(token)));
            assertRounded(sine.get(i), series(angle, 1));
            assertRounded(cosine.get(i), series(angle, 0));
        }
    }

    private static void assertRounded(float actual, BigDecimal exact) {
        assertThat(new BigDecimal(actual).subtract(exact).doubleValue())
                .isEqualTo(0, within(Math.ulp(actual) / 2 + OF_DOUBLES));
    }

    /** The rest of an angle after whole circles, between minus and plus half a circle. */
    private static BigDecimal reduced(BigDecimal angle) {
        BigDecimal circles = angle.divide(TWO_PI, 0, RoundingMode.HALF_EVEN);
        return angle.subtract(circles.multiply(TWO_PI));
    }

    /** The Taylor series of the cosine, or from the first power on that of the sine. */
    private static BigDecimal series(BigDecimal x, int firstPower) {
        BigDecimal term = firstPower == 0 ? BigDecimal.ONE : x;
        BigDecimal sum = term;
        BigDecimal minusSquare = x.multiply(x, DIGITS).negate();
        for (int power = firstPower + 2; power < 60; power += 2) {
            BigDecimal factorials = BigDecimal.valueOf((long) power * (power - 1));
            term = term.multiply(minusSquare, DIGITS).divide(factorials, DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    @Example
    void tokensOfOneIndexShareARowUntilTheTableIsCleared() {
        double[] turns = turns(4);
        FloatBuffer cosine = FloatBuffer.allocate(6);
        RotationTable table = new RotationTable(turns, 3, cosine, FloatBuffer.allocate(6));

        assertThat(table.row(17)).isZero();
        assertThat(table.row(-3)).isEqualTo(1);
        assertThat(table.row(17)).isZero();
        assertThat(table.row(-3)).isEqualTo(1);
        assertThat(cosine.get(2)).isEqualTo((float) Math.cos(-3));
        table.clear();
        assertThat(table.row(-3)).isZero();
        assertThat(cosine.get(0)).isEqualTo((float) Math.cos(-3));
    }

    @Example
    void headsThatDoNotTurnStayAsTheyAre() {
        FloatBuffer cosine = FloatBuffer.allocate(2);
        FloatBuffer sine = FloatBuffer.allocate(2);

        new RotationTable(new double[2], 1, cosine, sine).write(0, 1L << 52);

        assertThat(cosine.array()).containsExactly(1, 1);
        assertThat(sine.array()).containsExactly(0, 0);
    }
}
