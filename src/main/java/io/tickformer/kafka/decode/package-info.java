/** Decoding: Avro or JSON records become observations or dead letters. */
package io.tickformer.kafka.decode;
