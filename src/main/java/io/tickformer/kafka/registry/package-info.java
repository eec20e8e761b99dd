/**
 * The schema registry: its wire format, and a client that registers, fetches and caches schemas.
 */
package io.tickformer.kafka.registry;
