/**
 * Histories of series from files, and the same files replayed as observations. Plain Java:
 * training, evaluation and the command line read here.
 */
package io.tickformer.history;
