/**
 * Synthetic series: a generator of histories to train a model from that is to forecast series it
 * has never seen. Plain Java; every series is a function of a seed and an index.
 */
package io.tickformer.synthetic;
