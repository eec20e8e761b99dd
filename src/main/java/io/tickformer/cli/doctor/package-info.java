/** {@code tickformer doctor}: what is wrong with a machine or the settings of a job. */
package io.tickformer.cli.doctor;
