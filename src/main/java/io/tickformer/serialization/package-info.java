/**
 * Flink's view of what flows between tasks and into checkpoints: type information and versioned
 * serializers, common to every package that serves. It knows Flink and nothing of this library.
 */
package io.tickformer.serialization;
