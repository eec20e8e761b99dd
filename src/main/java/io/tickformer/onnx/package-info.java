/**
 * Graphs as ONNX files and back: the only package that knows the ONNX protobuf classes.
 *
 * <p>{@link io.tickformer.onnx.OnnxWriter} turns a graph into bytes, {@link
 * io.tickformer.onnx.OnnxFile} reads metadata, weights, inputs and outputs of any ONNX file, and
 * {@link io.tickformer.onnx.OnnxCheck} says what is wrong with one.
 */
package io.tickformer.onnx;
