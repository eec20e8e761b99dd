package io.tickformer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class SeasonalInputEncoderTest {
    private static final double NAN = Double.NaN;

    private final SeasonalInputEncoder encoder = new SeasonalInputEncoder(new SeasonalPath(2, 3));

    private float[] encode(double... ticks) {
        FloatBuffer recent = FloatBuffer.allocate(ticks.length);
        encoder.encode(tick -> ticks[(int) tick - 5], 10, new Frame(10, 2), recent);
        return recent.array();
    }

    @Test
    void ticksStandOldestFirstInTheFrameGiven() {
        assertThat(encode(10, 12, 14, 16, 18, 8)).containsExactly(0, 1, 2, 3, 4, -1);
    }

    @Test
    void aMissingTickHoldsTheValueOneSeasonBeforeIt() {
        assertThat(encode(8, 12, 14, NAN, NAN, NAN)).containsExactly(-1, 1, 2, 1, 2, 1);
    }

    @Test
    void whereNoSeasonBeforeKnowsAValueTheNextThatDoesStandsIn() {
        assertThat(encode(NAN, NAN, NAN, 12, 14, NAN)).containsExactly(2, 1, 2, 1, 2, 1);
    }

    @Test
    void aTickThatNoSeasonKnowsHoldsTheLocation() {
        assertThat(encode(NAN, NAN, NAN, 12, NAN, NAN)).containsExactly(0, 1, 0, 1, 0, 1);
    }

    @Test
    void nothingIsLeftOfTheSeriesEncodedBefore() {
        encode(100, 100, 100, 100, 100, 100);
        assertThat(encode(NAN, NAN, NAN, NAN, NAN, 12)).containsExactly(0, 1, 0, 1, 0, 1);
    }

    private static float[] encode(int seasonLength, double[] ticks, Frame frame) {
        SeasonalPath path = new SeasonalPath(seasonLength, ticks.length / seasonLength);
        FloatBuffer recent = FloatBuffer.allocate(ticks.length);
        new SeasonalInputEncoder(path)
                .encode(tick -> ticks[(int) tick], ticks.length - 1, frame, recent);
        return recent.array();
    }

    @Test
    void anOlderLevelIsMovedToThatOfTheNewestTicksPhaseByPhase() {
        double[] ticks = new double[24];
        float[] expected = new float[24];
        for (int i = 0; i < 24; i++) {
            ticks[i] = i % 4 + (i < 13 ? 500 : 0);
            expected[i] = i % 4;
        }

        assertThat(encode(4, ticks, new Frame(0, 1))).containsExactly(expected);
    }

    @Test
    void anOlderLevelFourScalesAwayIsMovedOnceTwelveTicksLean() {
        double[] ticks = new double[24];
        float[] expected = new float[24];
        for (int i = 0; i < 24; i++) {
            ticks[i] = 0.1 * (i % 4) + (i < 13 ? 4 : 0);
            expected[i] = 0.1f * (i % 4);
        }

        float[] encoded = encode(4, ticks, new Frame(0, 1));
        for (int i = 0; i < 24; i++) {
            assertThat(encoded[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }

    @Test
    void aPeakOfTwelveTicksADayIsNoOlderLevel() {
        double[] ticks = new double[72];
        for (int i = 0; i < 72; i++) {
            ticks[i] = i % 24 < 12 ? 0.1 * (i % 3) : 4;
        }

        float[] encoded = encode(24, ticks, new Frame(0, 1));
        for (int i = 0; i < 72; i++) {
            assertThat(encoded[i]).isCloseTo((float) ticks[i], within(1e-5f));
        }
    }

    @Test
    void twoOlderLevelsAreBothMoved() {
        double[] ticks = new double[36];
        float[] expected = new float[36];
        for (int i = 0; i < 36; i++) {
            ticks[i] = i % 4 + (i < 13 ? 500 : i < 24 ? -80 : 0);
            expected[i] = i % 4;
        }

        assertThat(encode(4, ticks, new Frame(0, 1))).containsExactly(expected);
    }

    @Test
    void aSingleOutlierCountsAsMissing() {
        double[] ticks = {1, 2, 1, 2, 1e9, 2, 1, 2};

        assertThat(encode(2, ticks, new Frame(0, 1))).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
    }

    @Test
    void withoutAFrameAllIsZero() {
        assertThat(encode(2, new double[] {1, 2, 3, 4}, Frame.UNKNOWN)).containsOnly(0);
    }
}
