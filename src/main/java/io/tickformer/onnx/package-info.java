/**
 * Writes graphs as ONNX files and reads ONNX files. Only this package uses the ONNX protobuf
 * classes.
 *
 * <p>{@link io.tickformer.onnx.OnnxWriter} serialises a graph, {@link io.tickformer.onnx.OnnxFile}
 * reads metadata, weights, inputs and outputs of any ONNX file, and {@link
 * io.tickformer.onnx.OnnxCheck} checks its structure.
 */
package io.tickformer.onnx;
