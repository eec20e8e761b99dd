package io.tickformer.lab.drill;

/**
 * The score and the bound of a case.
 *
 * @param name of the case and, if there are several, of the expectation
 * @param score the score
 * @param bound the bound
 */
record CaseResult(String name, CaseScore score, Bound bound) {}
