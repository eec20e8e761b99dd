package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks the functions that a file defines. A runtime replaces each call by the nodes of the
 * function, so a recursive function never ends, and a few functions that call each other many times
 * grow to any size.
 */
final class OnnxFunctionCheck {
    private static final long MOST_NODES = 1_000_000;

    private final Map<String, FunctionProto> functions = new TreeMap<>();
    private final Set<String> open = new HashSet<>();

    /** Number of nodes of a function after all calls are replaced. */
    private final Map<String, Long> sizes = new HashMap<>();

    private final List<String> problems;

    private OnnxFunctionCheck(List<String> problems) {
        this.problems = problems;
    }

    static void check(ModelProto model, List<String> problems) {
        OnnxFunctionCheck check = new OnnxFunctionCheck(problems);
        for (FunctionProto function : model.getFunctionsList()) {
            String id = id(function.getDomain(), function.getName());
            if (check.functions.put(id, function) != null) {
                problems.add("the function '%s' is defined twice".formatted(function.getName()));
            }
        }
        check.functions.forEach(check::size);
        long nodes = check.size(model.getGraph().getNodeList());
        if (nodes > MOST_NODES) {
            problems.add(
                    "after the calls of functions are replaced, the graph has more than %d nodes; expected fewer"
                            .formatted(MOST_NODES));
        }
    }

    private static String id(String domain, String name) {
        return OnnxCheck.domain(domain) + "/" + name;
    }

    private long size(String id, FunctionProto function) {
        Long known = sizes.get(id);
        if (known != null) {
            return known;
        }
        if (!open.add(id)) {
            problems.add("the function '%s' calls itself".formatted(function.getName()));
            return 0;
        }
        long size = size(function.getNodeList());
        open.remove(id);
        sizes.put(id, size);
        return size;
    }

    private long size(List<NodeProto> nodes) {
        long size = 0;
        for (NodeProto node : nodes) {
            String id = id(node.getDomain(), node.getOpType());
            FunctionProto called = functions.get(id);
            size += called == null ? 1 : size(id, called);
            for (AttributeProto attribute : node.getAttributeList()) {
                size += size(attribute.getG().getNodeList());
                size +=
                        attribute.getGraphsList().stream()
                                .mapToLong(g -> size(g.getNodeList()))
                                .sum();
            }
            size = Math.min(size, MOST_NODES + 1);
        }
        return size;
    }
}
