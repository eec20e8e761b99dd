package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.history.History;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.Normalisation;
import io.tickformer.training.Augmentation.Part;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    private static final Part ALWAYS = new Part(1, 0.5);
    private static final Augmentation JITTER =
            new Augmentation(ALWAYS, Part.OFF, Part.OFF, Part.OFF, Part.OFF);
    private static final Augmentation MIX_UP =
            new Augmentation(Part.OFF, ALWAYS, Part.OFF, Part.OFF, Part.OFF);
    private static final Augmentation MASK =
            new Augmentation(Part.OFF, Part.OFF, ALWAYS, Part.OFF, Part.OFF);
    private static final Augmentation WARP =
            new Augmentation(Part.OFF, Part.OFF, Part.OFF, ALWAYS, Part.OFF);
    private static final List<Augmentation> ALL =
            List.of(
                    JITTER,
                    MIX_UP,
                    MASK,
                    WARP,
                    new Augmentation(ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS));

    private final ForecastSpec spec =
            Histories.smallSpec().withNormalisation(new Normalisation(16, 4));

    @Test
    void wordsNameWhatIsOnAndNothingElse() {
        assertThat(Augmentation.NONE.text()).isEqualTo("none");
        assertThat(
                        new Augmentation(
                                        new Part(0.5, 0.1),
                                        Part.OFF,
                                        Part.OFF,
                                        new Part(0.25, 0.2),
                                        Part.OFF)
                                .text())
                .isEqualTo("jitter 0.5:0.1, time-warp 0.25:0.2");
    }

    @Test
    void noTensorOfAChangedWindowDependsOnAValueThatValidates() {
        for (Augmentation augmentation : ALL) {
            assertSame(batch(ends(1), 1, augmentation), batch(ends(1000), 1, augmentation));
        }
    }

    /** Two series of 100 ticks, the last 20 of which validate; those are multiplied. */
    private TrainingData ends(double factor) {
        return Histories.data(
                new History(
                        "ends",
                        List.of(
                                Histories.of("a", 100, tick -> wave(tick, 3, factor)),
                                Histories.of("b", 100, tick -> wave(tick, 5, factor)))),
                spec);
    }

    private static double wave(long tick, double period, double factor) {
        return Math.sin(tick / period) * (tick < 80 ? 1 : factor);
    }

    @Test
    void aStepChangesItsWindowsTheSameWayWheneverItIsTakenAndEachWayChangesThem() {
        float[][] plain = batch(ends(1), 1, Augmentation.NONE);
        for (Augmentation augmentation : ALL) {
            float[][] once = batch(ends(1), 1, augmentation);
            assertSame(batch(ends(1), 1, augmentation), once);
            assertThat(once[0]).as(augmentation.text()).isNotEqualTo(plain[0]);
            assertThat(once[0]).isNotEqualTo(batch(ends(1), 2, augmentation)[0]);
        }
    }

    @Test
    void jitterLeavesTargetsAlone() {
        Augmenter.Changed changed = change(ends(1), JITTER, WindowPosition.undisturbed(0, 60));

        assertThat(changed.targets().at(50, 0)).isEqualTo(wave(50, 3, 1));
        assertThat(changed.seen().at(50, 0)).isNotEqualTo(changed.targets().at(50, 0));
    }

    @Test
    void aMixtureLiesBetweenItsSeriesInTheUnitOfTheFirst() {
        TrainingData data =
                Histories.data(
                        new History(
                                "levels",
                                List.of(
                                        Histories.of("a", 300, tick -> tick % 2),
                                        Histories.of("b", 300, tick -> 1000.0 * (tick % 2)))),
                        spec);
        Augmenter.Changed changed = change(data, MIX_UP, WindowPosition.undisturbed(0, 200));

        assertThat(changed.targets().at(199, 0)).isCloseTo(1, within(1e-6));
        assertThat(changed.targets().at(200, 0)).isCloseTo(0, within(1e-6));
    }

    @Test
    void aWarpedLineIsALineOfAnotherSlopeWithinTheStrength() {
        TrainingData data =
                Histories.data(
                        new History("line", List.of(Histories.of("a", 300, tick -> 3.0 * tick))),
                        spec);
        Augmenter.Changed changed = change(data, WARP, WindowPosition.undisturbed(0, 200));
        double speed = (changed.targets().at(200, 0) - changed.targets().at(199, 0)) / 3;

        assertThat(speed).isBetween(1 / 1.5, 1.5).isNotEqualTo(1);
        for (long tick = 190; tick <= 206; tick++) {
            assertThat(changed.targets().at(tick, 0))
                    .isCloseTo(3 * (206 - (206 - tick) * speed), within(1e-9));
        }
    }

    @Test
    void whatIsMissingStaysMissing() {
        TrainingData data =
                Histories.data(
                        new History(
                                "gaps",
                                List.of(
                                        Histories.of(
                                                "a",
                                                300,
                                                tick -> tick % 7 == 0 ? Double.NaN : tick))),
                        spec);
        for (Augmentation augmentation : List.of(JITTER, MASK)) {
            Augmenter.Changed changed =
                    change(data, augmentation, WindowPosition.undisturbed(0, 200));
            for (long tick = 190; tick <= 206; tick++) {
                assertThat(Double.isNaN(changed.seen().at(tick, 0))).isEqualTo(tick % 7 == 0);
            }
        }
    }

    @Test
    void aChangeIsReadFromItsShareAndStrength() {
        assertThat(Part.parse("0.5:0.1")).isEqualTo(new Part(0.5, 0.1));
        assertThatThrownBy(() -> Part.parse("much"))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "\"much\" is not an augmentation; expected SHARE:STRENGTH, such as"
                                + " 0.5:0.1");
        assertThatThrownBy(() -> Part.parse("2:0.1"))
                .isInstanceOf(TrainingException.class)
                .hasMessage("share of windows to change is 2.0; expected 0 or more and at most 1");
    }

    private static Augmenter.Changed change(
            TrainingData data, Augmentation augmentation, WindowPosition window) {
        Augmenter.Changed changed =
                new Augmenter(data, augmentation).change(window, new SplittableRandom(3));
        assertThat(changed).isNotNull();
        return changed;
    }

    private float[][] batch(TrainingData data, long step, Augmentation augmentation) {
        try (WindowBatch batch = new WindowBatch(spec, 8)) {
            new WindowSampler(data, 1, augmentation).fill(batch, step);
            return new float[][] {
                batch.values().toFloats(),
                batch.observed().toFloats(),
                batch.features().toFloats(),
                batch.targets().toFloats(),
                batch.weights().toFloats()
            };
        }
    }

    private static void assertSame(float[][] actual, float[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i]);
        }
    }
}
