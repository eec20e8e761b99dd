package io.tickformer.cli.backtest;

import io.tickformer.console.UserError;
import io.tickformer.spec.LinearArchitecture.Variant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Forecasters that the model is compared with. */
enum Baseline {
    /** The last value. */
    NAIVE(null),
    /** The value a season ago. */
    SEASONAL_NAIVE(null),
    /** A linear map of the context. */
    LINEAR(Variant.LINEAR),
    /** A linear map of the context minus its last value. */
    NLINEAR(Variant.NLINEAR),
    /** One linear map of the context's trend and one of the remainder. */
    DLINEAR(Variant.DLINEAR);

    private static final List<String> ALL = List.of("all");
    private static final List<String> NONE = List.of("none");

    private final Variant variant;

    Baseline(Variant variant) {
        this.variant = variant;
    }

    /** Its name on the command line and in every output. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The network to train; empty for a naive forecast. */
    Optional<Variant> variant() {
        return Optional.ofNullable(variant);
    }

    /**
     * The baselines of these names, in a fixed order.
     *
     * @param names names, or only "all", or only "none"
     * @throws UserError if a name is unknown
     */
    static Set<Baseline> named(List<String> names) {
        if (names.equals(ALL)) {
            return EnumSet.allOf(Baseline.class);
        }
        Set<Baseline> chosen = EnumSet.noneOf(Baseline.class);
        if (!names.equals(NONE)) {
            for (String name : names) {
                chosen.add(named(name.strip().toLowerCase(Locale.ROOT)));
            }
        }
        return chosen;
    }

    private static Baseline named(String name) {
        List<String> known = new ArrayList<>();
        for (Baseline baseline : values()) {
            if (baseline.label().equals(name)) {
                return baseline;
            }
            known.add(baseline.label());
        }
        throw new UserError(
                "\"%s\" is not a baseline; expected all, none, or some of %s"
                        .formatted(name, String.join(", ", known)));
    }
}
