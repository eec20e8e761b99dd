/**
 * Reverse-mode automatic differentiation of graphs. {@link io.tickformer.autodiff.Gradients} adds
 * the nodes of a gradient to the graph of the loss, with one derivative rule for each op, so the
 * same runtime computes loss and gradient.
 */
package io.tickformer.autodiff;
