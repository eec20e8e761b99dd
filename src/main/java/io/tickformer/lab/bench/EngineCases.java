package io.tickformer.lab.bench;

import java.util.ArrayList;
import java.util.List;

/** The cases of the engine without Flink. Each varies one thing and fixes everything else. */
final class EngineCases {
    private static final int PATCH = 16;
    private static final int WINDOW = 12;
    private static final int LAYERS = 3;
    private static final int WIDTH = 64;

    private final boolean quick;

    /**
     * @param quick fewer variants and series
     */
    EngineCases(boolean quick) {
        this.quick = quick;
    }

    /** All cases, each a list of variants. */
    List<List<EngineVariant>> all() {
        List<List<EngineVariant>> cases = new ArrayList<>();
        cases.add(context());
        cases.add(window());
        cases.add(layers());
        cases.add(width());
        cases.add(series());
        return cases;
    }

    /** Rounds over the variants of a case. */
    int rounds() {
        return quick ? 20 : 30;
    }

    /** Minimum forecasts of a variant in a round. */
    int forecasts() {
        return quick ? 512 : 2_048;
    }

    private int inTurn() {
        return quick ? EngineVariant.MICRO_BATCH : 2 * EngineVariant.MICRO_BATCH;
    }

    /** T = 34 P with fixed W and L. */
    private List<EngineVariant> context() {
        int[] patches = quick ? new int[] {4, 15, 60} : new int[] {4, 8, 15, 30, 60, 120};
        List<EngineVariant> variants = new ArrayList<>();
        for (int patch : patches) {
            variants.add(EngineVariant.of("context", patch, WINDOW, LAYERS, WIDTH, inTurn()));
        }
        return variants;
    }

    /** T grows with W, with fixed P. */
    private List<EngineVariant> window() {
        int[] windows = quick ? new int[] {6, 12, 24} : new int[] {3, 6, 12, 24, 48, 86};
        List<EngineVariant> variants = new ArrayList<>();
        for (int window : windows) {
            variants.add(EngineVariant.of("window", PATCH, window, LAYERS, WIDTH, inTurn()));
        }
        return variants;
    }

    private List<EngineVariant> layers() {
        int[] layers = quick ? new int[] {1, 3, 6} : new int[] {1, 2, 3, 4, 5, 6};
        List<EngineVariant> variants = new ArrayList<>();
        for (int each : layers) {
            variants.add(EngineVariant.of("layers", PATCH, WINDOW, each, WIDTH, inTurn()));
        }
        return variants;
    }

    private List<EngineVariant> width() {
        int[] widths = quick ? new int[] {32, 64, 128} : new int[] {32, 48, 64, 96, 128};
        List<EngineVariant> variants = new ArrayList<>();
        for (int width : widths) {
            variants.add(EngineVariant.of("width", PATCH, WINDOW, LAYERS, width, inTurn()));
        }
        return variants;
    }

    /** With room in the cache for all series, and in the last variant for a quarter. */
    private List<EngineVariant> series() {
        int[] counts = quick ? new int[] {1, 64, 1_024} : new int[] {1, 16, 64, 1_024, 10_240};
        List<EngineVariant> variants = new ArrayList<>();
        for (int count : counts) {
            variants.add(EngineVariant.of("series", PATCH, WINDOW, LAYERS, WIDTH, count));
        }
        EngineVariant most = variants.get(variants.size() - 1);
        variants.add(new EngineVariant(most.ofCase(), most.spec(), most.series(), 0.25));
        return variants;
    }
}
