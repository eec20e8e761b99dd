/**
 * Reads histories of series from files, and replays files as observations. Plain Java, used by
 * training, evaluation and the command line.
 */
package io.tickformer.history;
