/** Incremental evaluation: keys and values of earlier tokens are cached for each series. */
package io.tickformer.inference.incremental;
