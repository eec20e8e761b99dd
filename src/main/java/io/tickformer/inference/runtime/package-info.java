/** ONNX Runtime: its native library, execution providers, sessions and tensors. */
package io.tickformer.inference.runtime;
