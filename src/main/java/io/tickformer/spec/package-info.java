/**
 * The definition of a model. {@link io.tickformer.spec.ForecastSpec} holds it, {@link
 * io.tickformer.spec.ForecastSpecBuilder} builds it, {@link io.tickformer.spec.SpecSizes} derives
 * the sizes of its tensors, and {@link io.tickformer.spec.SpecJson} reads and writes it as JSON.
 * {@link io.tickformer.spec.ModelMetadata} is the metadata of a model file, which contains the
 * spec.
 */
package io.tickformer.spec;
