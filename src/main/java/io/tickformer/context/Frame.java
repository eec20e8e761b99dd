package io.tickformer.context;

/**
 * The location and scale that a token is normalised in and that a forecast is denormalised in:
 * {@code normalised * scale + location}.
 *
 * @param location in the series' own unit; finite
 * @param scale in the series' own unit; finite and positive
 */
public record Frame(double location, double scale) {}
