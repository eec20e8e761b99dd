package io.tickformer.cli.demo;

import picocli.CommandLine.Option;

/** Options of the simulated fleet. */
class FleetArguments {
    @Option(names = "--meters", paramLabel = "N", description = "Meters in the simulated fleet.")
    private int meters = FleetSettings.DEFAULT_METERS;

    @Option(names = "--seed", paramLabel = "N", description = "Random seed of the fleet.")
    private long seed = FleetSettings.DEFAULT_SEED;

    /** A new fleet at its first tick. */
    final MeterFleet fleet() {
        return new MeterFleet(FleetSettings.of(meters, seed));
    }

    final int meters() {
        return meters;
    }
}
