/** Records that could not be decoded: their form in the dead-letter topic, and their replay. */
package io.tickformer.kafka.deadletter;
