// Runs an exported model on WebAssembly, as a browser would.
//
//   node run.mjs MODEL.onnx INPUTS.json
//
// INPUTS.json: {"name": {"dims": [..], "data": [..]}, ..}; the outputs are printed in the same form.
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-web";

ort.env.wasm.numThreads = 1;

const [model, inputs] = process.argv.slice(2);
const session = await ort.InferenceSession.create(await readFile(model), {
  executionProviders: ["wasm"],
});
const feeds = {};
for (const [name, tensor] of Object.entries(JSON.parse(await readFile(inputs, "utf8")))) {
  feeds[name] = new ort.Tensor("float32", Float32Array.from(tensor.data), tensor.dims);
}
const results = {};
for (const [name, tensor] of Object.entries(await session.run(feeds))) {
  results[name] = { dims: tensor.dims, data: Array.from(tensor.data) };
}
console.log(JSON.stringify(results));
