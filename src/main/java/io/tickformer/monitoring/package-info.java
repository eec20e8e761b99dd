/** What a running job says of itself: its numbers, and advice where they look wrong. */
package io.tickformer.monitoring;
