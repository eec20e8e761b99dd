package io.tickformer.lab.bench;

/**
 * Throughput of a job over some time.
 *
 * @param forecastsPerSecond forecasts that arrived
 * @param cpuMicrosPerForecast processor time of the job
 * @param garbageBytesPerForecast memory that its threads allocated
 */
record Throughput(
        double forecastsPerSecond, double cpuMicrosPerForecast, double garbageBytesPerForecast) {}
