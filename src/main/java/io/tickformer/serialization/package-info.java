/**
 * Base classes for Flink type information and versioned serializers. They serve all packages that
 * run in the job, and use Flink only and no other package of this library.
 */
package io.tickformer.serialization;
