/**
 * Dead letters: records that could not be decoded, their format in the dead-letter topic, and their
 * replay.
 */
package io.tickformer.kafka.deadletter;
