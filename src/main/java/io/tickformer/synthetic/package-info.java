/**
 * Generator of synthetic training series, for models of series that were not in the training data.
 * Plain Java; every series is a function of a seed and an index.
 */
package io.tickformer.synthetic;
