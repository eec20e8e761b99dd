/**
 * Reverse-mode differentiation from graph to graph: {@link io.tickformer.autodiff.Gradients} adds
 * the nodes of a gradient to the graph they belong to, one derivative rule an op, so that whatever
 * runs the graph runs its gradient too.
 */
package io.tickformer.autodiff;
