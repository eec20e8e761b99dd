/** Bytes in: records of Avro or JSON become observations or dead letters. */
package io.tickformer.kafka.decode;
