/**
 * The sliding context of one series: the regular grid, gaps, late revisions and causal running
 * statistics, and its encoding for models. Plain Java; training and serving share it.
 */
package io.tickformer.context;
