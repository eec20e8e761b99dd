/** Full evaluation: the graph reads the whole context of each series. */
package io.tickformer.inference.window;
