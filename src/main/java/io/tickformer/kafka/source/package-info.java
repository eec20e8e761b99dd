/** The source of the job, its watermarks, and how fast it reads. */
package io.tickformer.kafka.source;
