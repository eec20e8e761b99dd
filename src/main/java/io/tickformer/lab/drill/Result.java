package io.tickformer.lab.drill;

/**
 * How a case did, and what it is held to.
 *
 * @param name of the case and, where there are several, of the judgement
 * @param score how it did
 * @param bound what it is held to
 */
record Result(String name, CaseScore score, Bound bound) {}
