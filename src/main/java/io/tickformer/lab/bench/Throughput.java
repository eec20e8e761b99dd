package io.tickformer.lab.bench;

/**
 * What a job did in a stretch of time.
 *
 * @param forecastsPerSecond forecasts that arrived
 * @param cpuMicrosPerForecast processor time that the job used
 * @param garbageBytesPerForecast memory that its threads allocated
 */
record Throughput(
        double forecastsPerSecond, double cpuMicrosPerForecast, double garbageBytesPerForecast) {}
