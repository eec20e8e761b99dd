package io.tickformer.cli.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickformer.console.SpecTable;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.onnx.OnnxContents;
import io.tickformer.onnx.OperationCount;
import io.tickformer.onnx.StoredTensor;
import io.tickformer.onnx.TensorInfo;
import io.tickformer.spec.ModelMetadata;
import java.util.List;

/** A model's facts as one JSON object. */
final class FactsJson {
    private final ModelFacts facts;
    private final ModelRunResult trial;
    private final ObjectNode all = new ObjectMapper().createObjectNode();

    private FactsJson(ModelFacts facts, ModelRunResult trial) {
        this.facts = facts;
        this.trial = trial;
    }

    static ObjectNode of(ModelFacts facts, ModelRunResult trial) {
        FactsJson json = new FactsJson(facts, trial);
        json.file();
        json.model();
        json.tensors();
        json.cost();
        return json.all;
    }

    private void file() {
        OnnxContents contents = facts.contents();
        all.put("file", facts.path().toString());
        all.put("bytes", facts.size());
        all.put("sha256", facts.sha256());
        all.put("producer_name", facts.file().producerName());
        all.put("producer_version", facts.file().producerVersion());
        all.put("ir_version", contents.irVersion());
        ObjectNode opsets = all.putObject("opsets");
        contents.opsets()
                .forEach(
                        (domain, version) ->
                                opsets.put(domain.isEmpty() ? "ai.onnx" : domain, version));
        all.put("graph_name", contents.graphName());
        all.put("documentation", contents.documentation());
        put("inputs", facts.file().inputs());
        put("outputs", facts.file().outputs());
        ArrayNode external = all.putArray("external_files");
        contents.externalFiles().forEach(external::add);
        ObjectNode metadata = all.putObject("metadata");
        facts.file().metadata().forEach(metadata::put);
    }

    private void put(String key, List<TensorInfo> tensors) {
        ArrayNode array = all.putArray(key);
        for (TensorInfo tensor : tensors) {
            ObjectNode one = array.addObject();
            one.put("name", tensor.name());
            one.put("type", tensor.elementType());
            ArrayNode shape = one.putArray("shape");
            tensor.dims().forEach(shape::add);
        }
    }

    private void model() {
        if (facts.metadata().isPresent()) {
            ModelMetadata own = facts.metadata().get();
            all.put("model_name", own.name());
            all.put("model_version", own.version());
            all.put("training_data_fingerprint", own.trainingDataFingerprint());
            all.put("library_version", own.libraryVersion());
        }
        facts.spec().ifPresent(spec -> all.set("spec", SpecTable.json(spec)));
    }

    private void tensors() {
        all.put("parameters", facts.parameterCount());
        ArrayNode array = all.putArray("parameter_tensors");
        for (StoredTensor tensor : facts.parameters()) {
            ObjectNode one = array.addObject();
            one.put("name", tensor.name());
            one.put("type", tensor.elementType());
            ArrayNode shape = one.putArray("shape");
            tensor.dims().forEach(shape::add);
            one.put("elements", tensor.elements());
            one.put("bytes", tensor.bytes());
        }
        all.put("nodes", facts.contents().nodes());
        ObjectNode ops = all.putObject("nodes_by_op");
        facts.contents().nodesByOp().forEach(ops::put);
    }

    private void cost() {
        all.put("runs", trial.runs());
        trial.whyNot().ifPresent(why -> all.put("objection", why));
        for (MeasuredForecastTime cost : trial.costs()) {
            String name = cost.isIncremental() ? "micros_incremental" : "micros";
            all.put(name + "_at_micro_batch_" + cost.microBatch(), cost.micros());
        }
        if (facts.operations().isPresent()) {
            OperationCount operations = facts.operations().get();
            all.put("floating_point_operations", operations.total());
            all.put("floating_point_operations_in_products", operations.products());
        }
        facts.stateBytes().ifPresent(bytes -> all.put("state_bytes_per_series", bytes));
    }
}
