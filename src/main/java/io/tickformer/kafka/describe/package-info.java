/** Describes what the records of the output topics hold, for documents that are generated. */
package io.tickformer.kafka.describe;
