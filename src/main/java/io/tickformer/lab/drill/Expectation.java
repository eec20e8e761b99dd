package io.tickformer.lab.drill;

/**
 * From when on the forecasts of a case are scored, and their bounds.
 *
 * @param suffix of the case's name; empty if the case is scored once
 * @param from the first scored tick, counted from the fault
 * @param bound that must hold
 */
record Expectation(String suffix, int from, Bound bound) {}
