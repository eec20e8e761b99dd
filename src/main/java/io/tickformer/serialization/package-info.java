/**
 * Type information and versioned serializers, for records between tasks and for state in
 * checkpoints. Shared by every serving package; depends on Flink and on the events only.
 */
package io.tickformer.serialization;
