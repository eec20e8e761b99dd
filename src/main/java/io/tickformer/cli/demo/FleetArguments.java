package io.tickformer.cli.demo;

import picocli.CommandLine.Option;

/** The options of the simulated fleet of meters. */
class FleetArguments {
    @Option(names = "--meters", paramLabel = "N", description = "Meters of the simulated fleet.")
    private int meters = FleetSettings.DEFAULT_METERS;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulated fleet.")
    private long seed = FleetSettings.DEFAULT_SEED;

    /** The fleet, at its first tick. */
    final MeterFleet fleet() {
        return new MeterFleet(FleetSettings.of(meters, seed));
    }

    final int meters() {
        return meters;
    }
}
