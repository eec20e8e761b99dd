/** Topics read from outside a job: offsets, timestamps, committed records, progress of a group. */
package io.tickformer.kafka.topic;
