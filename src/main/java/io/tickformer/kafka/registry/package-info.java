/** The schema registry and its wire format: schemas are registered, fetched and cached. */
package io.tickformer.kafka.registry;
