/**
 * Models in ONNX Runtime: providers, sessions and micro-batches from contexts to forecasts. The
 * only package that knows the runtime.
 */
package io.tickformer.inference;
