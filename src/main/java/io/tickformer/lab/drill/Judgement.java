package io.tickformer.lab.drill;

/**
 * When the forecasts of a case are judged, and what they are held to.
 *
 * @param suffix of the case's name; empty where it is judged once
 * @param from the first tick that is judged, counted from the fault
 * @param bound what must hold
 */
record Judgement(String suffix, int from, Bound bound) {}
