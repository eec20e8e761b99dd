package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the graph of a file and its subgraphs, and collects the problems. */
final class OnnxGraphCheck {
    /** Domains of the ops of ONNX Runtime besides the standard one. */
    private static final List<String> RUNTIME_DOMAINS =
            List.of("ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc");

    private final ModelProto model;
    private final Map<String, Long> opsets;
    private final boolean own;
    private final List<String> problems;
    private final Set<String> functions = new HashSet<>();

    OnnxGraphCheck(ModelProto model, Map<String, Long> opsets, boolean own, List<String> problems) {
        this.model = model;
        this.opsets = opsets;
        this.own = own;
        this.problems = problems;
        model.getFunctionsList()
                .forEach(f -> functions.add(OnnxCheck.domain(f.getDomain()) + "/" + f.getName()));
    }

    void check() {
        GraphProto graph = model.getGraph();
        for (ValueInfoProto input : graph.getInputList()) {
            requireTyped("input", input);
        }
        for (ValueInfoProto output : graph.getOutputList()) {
            requireTyped("output", output);
        }
        if (graph.getOutputCount() == 0) {
            problems.add("the graph has no outputs");
        }
        check(graph, Set.of());
        OnnxTensorCheck.check(model, problems);
        OnnxFunctionCheck.check(model, problems);
        if (own) {
            checkIntermediates(graph);
        }
    }

    /** Checks a graph that may also use the names of the graphs around it. */
    private void check(GraphProto graph, Set<String> outer) {
        Set<String> known = new HashSet<>(outer);
        Set<String> declared = new HashSet<>();
        for (ValueInfoProto input : graph.getInputList()) {
            declare(declared, input.getName(), "an input");
        }
        Set<String> initializers = new HashSet<>();
        for (TensorProto initializer : graph.getInitializerList()) {
            // An initializer with the name of an input is its default value: valid, but outdated.
            declare(initializers, initializer.getName(), "an initializer");
        }
        graph.getSparseInitializerList().forEach(s -> initializers.add(s.getValues().getName()));
        known.addAll(declared);
        known.addAll(initializers);
        Map<String, String> producers = producers(graph);
        Set<String> produced = new HashSet<>(declared);
        produced.addAll(initializers);
        Set<String> nodeNames = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            checkOp(node);
            if (own && !nodeNames.add(node.getName())) {
                problems.add("two nodes are named '%s'".formatted(node.getName()));
            }
            for (String input : node.getInputList()) {
                if (!input.isEmpty() && !known.contains(input)) {
                    problems.add(missing(node, input, producers));
                }
            }
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    check(attribute.getG(), known);
                }
                attribute.getGraphsList().forEach(g -> check(g, known));
            }
            for (String output : node.getOutputList()) {
                // A subgraph may redefine a name of the graph around it.
                if (!output.isEmpty() && !produced.add(output)) {
                    problems.add(
                            "%s produces '%s', which is produced or declared before it"
                                    .formatted(label(node), output));
                }
                known.add(output);
            }
        }
        for (ValueInfoProto output : graph.getOutputList()) {
            if (!known.contains(output.getName())) {
                problems.add("nothing produces the output '%s'".formatted(output.getName()));
            }
        }
    }

    private void declare(Set<String> names, String name, String what) {
        if (name.isEmpty()) {
            problems.add("%s has no name".formatted(what));
        } else if (!names.add(name)) {
            problems.add("'%s' is declared twice as %s".formatted(name, what));
        }
    }

    private static Map<String, String> producers(GraphProto graph) {
        Map<String, String> producers = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, label(node)));
        }
        return producers;
    }

    private static String missing(NodeProto node, String input, Map<String, String> producers) {
        String producer = producers.get(input);
        return producer == null
                ? "%s uses '%s', which nothing produces".formatted(label(node), input)
                : "%s uses '%s' before %s produces it".formatted(label(node), input, producer);
    }

    private void checkOp(NodeProto node) {
        String domain = OnnxCheck.domain(node.getDomain());
        if (functions.contains(domain + "/" + node.getOpType())) {
            return;
        }
        if (domain.isEmpty()) {
            OpsetTable.objection(node.getOpType(), opsets.getOrDefault("", 0L))
                    .ifPresent(why -> problems.add(label(node) + ": the op " + why));
        } else if (own) {
            problems.add(
                    "%s: the op belongs to the domain '%s'; expected standard ops only"
                            .formatted(label(node), domain));
        } else if (!opsets.containsKey(domain)) {
            problems.add(
                    "%s: the op belongs to the domain '%s', but the file declares no opset of it"
                            .formatted(label(node), domain));
        } else if (!RUNTIME_DOMAINS.contains(domain)) {
            problems.add(
                    ("%s: the op belongs to the domain '%s', which neither ONNX nor ONNX Runtime"
                                    + " knows, and custom-op libraries are not loaded; export the"
                                    + " model with ops of %s")
                            .formatted(label(node), domain, String.join(", ", RUNTIME_DOMAINS)));
        }
    }

    private void requireTyped(String what, ValueInfoProto value) {
        TypeProto type = value.getType();
        boolean typed =
                type.hasTensorType()
                        ? type.getTensorType().getElemType() != 0
                        : type.getValueCase() != TypeProto.ValueCase.VALUE_NOT_SET && !own;
        if (!typed) {
            problems.add("the %s '%s' has no element type".formatted(what, value.getName()));
        } else if (own && !type.getTensorType().hasShape()) {
            problems.add("the %s '%s' has no shape".formatted(what, value.getName()));
        }
    }

    private void checkIntermediates(GraphProto graph) {
        Map<String, ValueInfoProto> typed = new HashMap<>();
        List<ValueInfoProto> values = new ArrayList<>(graph.getValueInfoList());
        values.addAll(graph.getOutputList());
        for (ValueInfoProto value : values) {
            requireTyped("tensor", value);
            if (typed.put(value.getName(), value) != null) {
                problems.add("the tensor '%s' is typed twice".formatted(value.getName()));
            }
        }
        Set<String> produced = producers(graph).keySet();
        for (NodeProto node : graph.getNodeList()) {
            for (String output : node.getOutputList()) {
                if (!typed.containsKey(output)) {
                    problems.add(
                            "the tensor '%s' of %s has no type".formatted(output, label(node)));
                }
            }
        }
        for (ValueInfoProto value : graph.getValueInfoList()) {
            if (!produced.contains(value.getName())) {
                problems.add("nothing produces the typed tensor '%s'".formatted(value.getName()));
            }
        }
    }

    private static String label(NodeProto node) {
        return "node '%s' (%s)".formatted(node.getName(), node.getOpType());
    }
}
