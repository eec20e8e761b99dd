package io.tickformer.synthetic;

/** Random kernels: sums and products of a few simple ones. */
final class Kernels {
    private static final int MOST_PARTS = 4;

    private Kernels() {}

    /** A random kernel for a series with the given cycles and length. */
    static Kernel random(CycleLengths cycles, int length, SeriesRandom chance) {
        Kernel kernel = simple(cycles, length, chance);
        int more = chance.integer(0, MOST_PARTS - 1);
        for (int i = 0; i < more; i++) {
            Kernel next = simple(cycles, length, chance);
            kernel = chance.happens(0.5) ? kernel.plus(next) : kernel.times(next);
        }
        return kernel;
    }

    private static Kernel simple(CycleLengths cycles, int length, SeriesRandom chance) {
        return switch (chance.choose(0.2, 0.15, 0.1, 0.45, 0.1)) {
            case 0 -> Kernel.of(new Spectrum.Smooth(chance.logBetween(8, length)));
            case 1 ->
                    Kernel.of(
                            new Spectrum.Mixed(
                                    chance.logBetween(8, length), chance.logBetween(0.3, 5)));
            case 2 -> Kernel.of(new Spectrum.Rough(chance.logBetween(4, length)));
            case 3 ->
                    Kernel.of(
                            new Spectrum.Periodic(
                                    chance.happens(0.7) ? cycles.first() : cycles.second(),
                                    chance.logBetween(0.3, 2)));
            default -> Kernel.linear(chance.between(-0.5, 1.5));
        };
    }
}
