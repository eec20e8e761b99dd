package io.tickformer.synthetic;

import io.tickformer.synthetic.WeightedSum.Weighted;
import java.util.ArrayList;
import java.util.List;

/**
 * How to generate one series.
 *
 * @param ingredient the component to draw
 * @param distortions changes to apply, in order
 * @param gaps missing ticks
 */
record Recipe(Ingredient ingredient, List<Distortion> distortions, Gaps gaps) {
    Recipe {
        distortions = List.copyOf(distortions);
    }

    /** A random recipe for a series with this many ticks. */
    static Recipe random(int length, SeriesRandom chance) {
        CycleLengths cycles = CycleLengths.random(chance);
        Ingredient ingredient =
                switch (chance.choose(0.34, 0.26, 0.14, 0.12, 0.07, 0.03, 0.04)) {
                    case 0 -> seasonal(cycles, length, chance);
                    case 1 -> rhythmic(cycles, length, chance);
                    case 2 -> gaussian(cycles, length, chance);
                    case 3 -> wandering(cycles, chance);
                    case 4 -> Counts.random(rate(cycles, length, chance), chance);
                    case 5 -> IntermittentDemand.random(cycles.first(), chance);
                    default -> eventful(cycles, chance);
                };
        return new Recipe(
                ingredient,
                distortions(length, chance),
                chance.happens(0.15) ? Gaps.random(length, chance) : Gaps.NONE);
    }

    /** Trend, seasons and noise. */
    private static WeightedSum seasonal(CycleLengths cycles, int length, SeriesRandom chance) {
        List<Weighted> parts = new ArrayList<>();
        parts.add(new Weighted(1, Seasonality.random(cycles.first(), chance)));
        if (chance.happens(0.5)) {
            double weight = chance.logBetween(0.1, 1.2);
            parts.add(new Weighted(weight, Seasonality.random(cycles.second(), chance)));
        }
        if (chance.happens(0.5)) {
            parts.add(new Weighted(chance.logBetween(0.1, 4), Trend.random(chance)));
        }
        addSlow(parts, cycles.first(), length, chance);
        addNoise(parts, chance);
        return new WeightedSum(parts);
    }

    /** Days and weeks on a slow level. */
    private static WeightedSum rhythmic(CycleLengths cycles, int length, SeriesRandom chance) {
        List<Weighted> parts = new ArrayList<>();
        parts.add(new Weighted(1, WeeklyPattern.random(cycles.first(), chance)));
        if (chance.happens(0.2)) {
            parts.add(new Weighted(chance.logBetween(0.1, 2), Trend.random(chance)));
        }
        addSlow(parts, cycles.first(), length, chance);
        addNoise(parts, chance);
        return new WeightedSum(parts);
    }

    private static WeightedSum gaussian(CycleLengths cycles, int length, SeriesRandom chance) {
        List<Weighted> parts = new ArrayList<>();
        parts.add(new Weighted(1, new GaussianProcess(Kernels.random(cycles, length, chance))));
        if (chance.happens(0.6)) {
            addNoise(parts, chance);
        }
        return new WeightedSum(parts);
    }

    /** Random walks and strongly autoregressive noise, some with a faint season. */
    private static WeightedSum wandering(CycleLengths cycles, SeriesRandom chance) {
        List<Weighted> parts = new ArrayList<>();
        parts.add(new Weighted(1, RandomWalk.random(chance)));
        if (chance.happens(0.6)) {
            parts.add(new Weighted(chance.logBetween(0.05, 2), AutoregressiveNoise.random(chance)));
        }
        if (chance.happens(0.4)) {
            parts.add(
                    new Weighted(
                            chance.logBetween(0.05, 0.6),
                            Seasonality.random(cycles.first(), chance)));
        }
        return new WeightedSum(parts);
    }

    private static WeightedSum rate(CycleLengths cycles, int length, SeriesRandom chance) {
        return chance.happens(0.5)
                ? rhythmic(cycles, length, chance)
                : seasonal(cycles, length, chance);
    }

    /** A machine's load: levels, spikes and noise. */
    private static WeightedSum eventful(CycleLengths cycles, SeriesRandom chance) {
        List<Weighted> parts = new ArrayList<>();
        parts.add(new Weighted(chance.logBetween(0.3, 3), LevelShifts.random(chance)));
        parts.add(new Weighted(chance.logBetween(0.3, 3), Spikes.random(cycles.first(), chance)));
        parts.add(new Weighted(chance.logBetween(0.05, 1), AutoregressiveNoise.random(chance)));
        return new WeightedSum(parts);
    }

    /** A level that varies over several cycles, as weather affects a load. */
    private static void addSlow(
            List<Weighted> parts, double cycle, int length, SeriesRandom chance) {
        if (chance.happens(0.6)) {
            double scale = Math.min(length, cycle * chance.logBetween(0.7, 20));
            Spectrum spectrum =
                    chance.happens(0.5)
                            ? new Spectrum.Rough(scale)
                            : new Spectrum.Mixed(scale, chance.logBetween(0.3, 3));
            parts.add(
                    new Weighted(
                            chance.logBetween(0.1, 1.5), new GaussianProcess(Kernel.of(spectrum))));
        }
        if (chance.happens(0.25)) {
            parts.add(new Weighted(chance.logBetween(0.1, 2), RandomWalk.random(chance)));
        }
    }

    private static void addNoise(List<Weighted> parts, SeriesRandom chance) {
        if (chance.happens(0.95)) {
            parts.add(
                    new Weighted(chance.logBetween(0.03, 1.5), AutoregressiveNoise.random(chance)));
        }
        if (chance.happens(0.1)) {
            parts.add(new Weighted(chance.logBetween(0.3, 3), LevelShifts.random(chance)));
        }
        if (chance.happens(0.1)) {
            double period = chance.logBetween(12, 300);
            parts.add(new Weighted(chance.logBetween(0.5, 4), Spikes.random(period, chance)));
        }
    }

    private static List<Distortion> distortions(int length, SeriesRandom chance) {
        List<Distortion> distortions = new ArrayList<>();
        if (chance.happens(0.2)) {
            distortions.add(new Distortion.Exponential(chance.logBetween(0.2, 1.2)));
        }
        if (chance.happens(0.1)) {
            double floor = chance.between(-2.5, -0.3);
            double ceiling = chance.between(0.3, 2.5);
            distortions.add(new Distortion.Saturation(floor, ceiling, chance.happens(0.6)));
        }
        if (chance.happens(0.05)) {
            distortions.add(
                    new Distortion.Standstill(
                            chance.between(0.5, 4), Math.max(1, length / 12), chance.happens(0.5)));
        }
        if (chance.happens(0.1)) {
            distortions.add(new Distortion.Rounding(chance.logBetween(0.02, 0.7)));
        }
        return distortions;
    }
}
