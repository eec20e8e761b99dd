/**
 * Models in ONNX Runtime, and their forecasts for contexts in micro-batches. This is the only
 * package that uses the runtime.
 */
package io.tickformer.inference;
