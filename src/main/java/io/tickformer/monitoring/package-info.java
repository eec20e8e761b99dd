/** Monitoring of a running job: its metrics, status lines, and advice if metrics look wrong. */
package io.tickformer.monitoring;
